import { formatFloat32 } from '../number.ts'
import { parseTime } from '../time/parse.ts'
import { utc } from '../time/zone.ts'
import { FunctionError } from '../value/function.ts'

// go-yaml v2 resolve.go: YAML 1.1 words in these three spellings only.
const words = new Map<string, boolean | null>()
for (const [value, names] of [
  [true, ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']],
  [false, ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']],
  [null, ['', '~', 'null', 'Null', 'NULL']],
] as const) {
  for (const name of names) words.set(name, value)
}

/** Characters of the longest word that is no text. */
export const longestWord = 5
const notNumbers = /^(\.nan|\.NaN|\.NAN|[-+]?\.(inf|Inf|INF))$/
const decimal = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/

/**
 * What a plain scalar stands for; undefined when it is a text. An integer that a number cannot hold is a
 * bigint, because as a key it keeps its digits.
 */
export function resolveScalar(text: string): null | boolean | number | bigint | undefined {
  const first = text.charCodeAt(0)
  if (first <= nine && isNumeral(first)) return resolveNumeral(text)
  return text.length <= longestWord ? words.get(text) : undefined
}

/** Whether it is what numbers begin with, and no word. */
function isNumeral(first: number): boolean {
  return (first >= zero && first <= nine) || first === dash || first === plus || first === point
}

const plus = 0x2b
const dash = 0x2d
const point = 0x2e
const zero = 0x30
const nine = 0x39

// Counts, sizes and versions, which nearly all are, are told apart without an expression: what V8 makes of one
// takes longer than all scalars of most charts.
function resolveNumeral(text: string): number | bigint | undefined {
  const from = text.charCodeAt(0) < point ? 1 : 0
  const end = digitsEnd(text, from)
  const count = end - from
  if (end === text.length) {
    const isUsual = count > 0 && count <= 15 && (count === 1 || text.charCodeAt(from) !== zero)
    // An integer has no negative zero.
    return isUsual ? Number(text) || 0 : resolveUnusual(text)
  }
  if (!'._eExXbBoO'.includes(text.charAt(end))) return undefined
  if (count === 0 || count > 15 || text.charCodeAt(end) !== point) return resolveUnusual(text)
  const last = digitsEnd(text, end + 1)
  if (last === text.length) return Number(text)
  return '_eE'.includes(text.charAt(last)) ? resolveUnusual(text) : undefined
}

/** The offset of the first character from an offset on that is no digit. */
function digitsEnd(text: string, from: number): number {
  let at = from
  for (let code = text.charCodeAt(at); code >= zero && code <= nine; ) code = text.charCodeAt(++at)
  return at
}

function resolveUnusual(text: string): number | bigint | undefined {
  if (!notNumbers.test(text)) return resolveNumber(text.replaceAll('_', ''))
  if (/nan/i.test(text)) return Number.NaN
  return text.startsWith('-') ? -Infinity : Infinity
}

/** What a Go string field takes a plain number as; undefined for what is no finite number. */
export function numberText(text: string): string | undefined {
  if (!isNumeral(text.charCodeAt(0))) return undefined
  const plain = text.replaceAll('_', '')
  const integer = parseInteger(plain)
  if (integer !== undefined) return String(integer)
  const value = resolveNumber(plain)
  if (typeof value !== 'number') return undefined
  if (Number.isFinite(Math.fround(value))) return formatFloat32(value)
  return value > 0 ? '+Inf' : '-Inf'
}

function resolveNumber(plain: string): number | bigint | undefined {
  const integer = parseInteger(plain)
  if (integer !== undefined) return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer
  if (!decimal.test(plain)) return undefined
  const value = Number(plain)
  return Number.isFinite(value) ? value : undefined
}

const radices: readonly (readonly [RegExp, string])[] = [
  [/^[-+]?0[xX]([0-9a-fA-F]+)$/, '0x'],
  [/^[-+]?0[bB]([01]+)$/, '0b'],
  [/^[-+]?0[oO]?([0-7]+)$/, '0o'],
  [/^[-+]?(0|[1-9]\d*)$/, ''],
]

function parseInteger(plain: string): bigint | undefined {
  for (const [pattern, prefix] of radices) {
    const digits = pattern.exec(plain)?.[1]
    if (digits === undefined) continue
    const magnitude = BigInt(prefix + digits)
    const value = plain.startsWith('-') ? -magnitude : magnitude
    return value >= -(2n ** 63n) && value < 2n ** 64n ? value : undefined
  }
  return undefined
}

const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/
/** As go-yaml has them. */
const timestampLayouts = [
  '2006-1-2T15:4:5.999999999Z07:00',
  '2006-1-2t15:4:5.999999999Z07:00',
  '2006-1-2 15:4:5.999999999',
  '2006-1-2',
]

/** True for what go-yaml takes for a time, and then gives as text all the same. */
export function isTimestamp(text: string): boolean {
  if (text.charCodeAt(4) !== dash || digitsEnd(text, 0) !== 4) return false
  return timestampLayouts.some((layout) => isTime(layout, text))
}

function isTime(layout: string, text: string): boolean {
  try {
    parseTime(layout, text, utc)
    return true
  } catch (error) {
    if (error instanceof FunctionError) return false
    throw error
  }
}

/** True when a plain scalar of these characters would be read back as the same text. */
export function isText(text: string): boolean {
  if (resolveScalar(text) !== undefined || isTimestamp(text)) return false
  return !(isNumeral(text.charCodeAt(0)) && text.includes(':') && base60.test(text))
}
