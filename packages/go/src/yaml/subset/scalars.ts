import { resolveScalar } from '../scalar.ts'
import type { YamlValue } from '../value.ts'
import { giveUp } from './unusual.ts'

/** A text and the offset after it. */
export interface Piece<T> {
  readonly value: T
  readonly end: number
}

/** What a plain scalar stands for, as it comes out of JSON. */
export function plainScalar(text: string): YamlValue {
  const value = resolveScalar(text)
  if (value === undefined) return text
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'number' && !Number.isFinite(value) ? giveUp() : value
}

/** A quoted text that ends on its line; `at` is that of the quotation mark. */
export function quoted(text: string, at: number, end: number): Piece<string> {
  return text[at] === '"' ? doubleQuoted(text, at, end) : singleQuoted(text, at, end)
}

function singleQuoted(text: string, at: number, end: number): Piece<string> {
  let close = text.indexOf("'", at + 1)
  while (text[close + 1] === "'" && close >= 0) close = text.indexOf("'", close + 2)
  if (close < 0 || close >= end) giveUp()
  const value = text.slice(at + 1, close)
  if (value.includes('\t')) giveUp()
  return { value: value.replaceAll("''", "'"), end: close + 1 }
}

function doubleQuoted(text: string, at: number, end: number): Piece<string> {
  let close = at + 1
  let escapes = false
  for (; close < end && text[close] !== '"'; close++) {
    if (text[close] === '\t') giveUp()
    if (text[close] !== '\\') continue
    escapes = true
    close++
  }
  if (close >= end) giveUp()
  const value = text.slice(at + 1, close)
  return { value: escapes ? unescape(value) : value, end: close + 1 }
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '"': '"',
  '\\': '\\',
  '/': '/',
  '0': '\0',
}

function unescape(value: string): string {
  return value.replace(/\\(.)/g, (_, one: string) => escapes[one] ?? giveUp())
}

const notFirst = new Set(',[]{}#&*!|>\'"%@`<=')

/** Whether a plain scalar may start here; what starts unusually is left to the full parser. */
export function startsPlain(text: string, at: number): boolean {
  const first = text[at] ?? ''
  if (notFirst.has(first)) return false
  return !'-?:'.includes(first) || !' \n'.includes(text[at + 1] ?? '\n')
}
