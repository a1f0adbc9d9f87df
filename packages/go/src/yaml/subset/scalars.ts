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

export const doubleQuote = 0x22
export const singleQuote = 0x27

/** A quoted text that ends on its line; `at` is that of the quotation mark. */
export function quoted(text: string, at: number, end: number): Piece<string> {
  return text.charCodeAt(at) === doubleQuote ? doubleQuoted(text, at, end) : singleQuoted(text, at, end)
}

function singleQuoted(text: string, at: number, end: number): Piece<string> {
  let close = text.indexOf("'", at + 1)
  while (close >= 0 && text.charCodeAt(close + 1) === singleQuote) close = text.indexOf("'", close + 2)
  if (close < 0 || close >= end) giveUp()
  const value = text.slice(at + 1, close)
  if (value.includes('\t')) giveUp()
  return { value: value.replaceAll("''", "'"), end: close + 1 }
}

function doubleQuoted(text: string, at: number, end: number): Piece<string> {
  const close = text.indexOf('"', at + 1)
  if (close < 0 || close >= end) giveUp()
  const value = text.slice(at + 1, close)
  if (value.includes('\t')) giveUp()
  return value.includes('\\') ? escapedText(text, at, end) : { value, end: close + 1 }
}

const backslash = 0x5c

function escapedText(text: string, at: number, end: number): Piece<string> {
  let close = at + 1
  for (; close < end && text.charCodeAt(close) !== doubleQuote; close++) {
    if (text.charCodeAt(close) === backslash) close++
  }
  if (close >= end) giveUp()
  const value = text.slice(at + 1, close)
  if (value.includes('\t')) giveUp()
  return { value: value.replace(/\\(.)/g, (_, one: string) => escapes[one] ?? giveUp()), end: close + 1 }
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '"': '"',
  '\\': '\\',
  '0': '\0',
}

/** Whether a plain scalar may start here; what starts unusually is left to the full parser. */
export function startsPlain(text: string, at: number): boolean {
  if (isSmallLetter(text.charCodeAt(at))) return true
  const character = text.charAt(at)
  if (notFirst.includes(character)) return false
  return !'-?:'.includes(character) || !' \n'.includes(text[at + 1] ?? '\n')
}

/** What nearly all keys and texts begin with, and no mark of YAML. */
export function isSmallLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a
}

const notFirst = ',[]{}#&*!|>\'"%@`<='
