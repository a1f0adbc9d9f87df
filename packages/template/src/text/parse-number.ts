import { unquoteCharacter } from '@chartroom/go'

/** A number in a template, which is of the type that its place asks for. */
export interface NumberConstant {
  readonly int: bigint | undefined
  readonly uint: bigint | undefined
  readonly float: number | undefined
  readonly complex: readonly [real: number, imaginary: number] | undefined
}

/** Whether a text is a small integer in decimal digits, as most numbers are. */
export function isPlainInteger(text: string): boolean {
  if (text.length > 15 || (text.length > 1 && text.charCodeAt(0) === zero)) return false
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < zero || unit > nine) return false
  }
  return true
}

const zero = 0x30
const nine = 0x39

/** The number that such a text is. */
export function plainInteger(text: string): NumberConstant {
  const int = BigInt(text)
  return { int, uint: int, float: Number(text), complex: undefined }
}

/** A number as Go's templates keep it: as all types that it fits. Fails with Go's text. */
export function parseNumber(text: string, fail: (message: string) => never): NumberConstant {
  if (text.endsWith('i')) return parseImaginary(text.slice(0, -1)) ?? fail(`illegal number syntax: "${text}"`)
  const integer = parseInteger(text)
  const uint =
    integer !== undefined && integer >= 0n && !/^[+-]/.test(text) ? within(integer, 0n, maxUint) : undefined
  const int = integer === undefined ? undefined : within(integer, minInt, maxInt)
  if (int !== undefined || uint !== undefined) {
    return { int, uint: int === 0n ? 0n : uint, float: Number(int ?? uint), complex: undefined }
  }
  const float = parseFloat64(text)
  if (float === undefined) return fail(`illegal number syntax: "${text}"`)
  if (!/[.eEpP]/.test(text)) return fail(`integer overflow: "${text}"`)
  return { ...integersOf(float), float, complex: undefined }
}

/** A character constant, which is a number. */
export function parseCharacter(text: string, fail: (message: string) => never): NumberConstant {
  const character = unquoteCharacter(text, 1, "'") ?? fail('invalid syntax')
  if (character.end !== text.length - 1) fail(`malformed character constant: ${text}`)
  const value = BigInt(character.code)
  return { int: value, uint: value, float: character.code, complex: undefined }
}

/** `1+2i` */
export function parseComplex(text: string, fail: (message: string) => never): NumberConstant {
  const sign = Math.max(splitAt(text, '+'), splitAt(text, '-'))
  const [real, imaginary] = [text.slice(0, sign), text.slice(sign, -1)].map(
    (part) => parseFloat64(part) ?? fail(`strconv.ParseFloat: parsing "${part}": ${problemOf(part)}`),
  )
  return complexNumber(real ?? 0, imaginary ?? 0)
}

function problemOf(part: string): string {
  return /^[+-]?[\d._]+[eE]|[pP]/.test(part) ? 'value out of range' : 'invalid syntax'
}

/** The sign between the parts, not one of an exponent. */
function splitAt(text: string, sign: string): number {
  let at = text.lastIndexOf(sign)
  while (at > 0 && /[eEpP]/.test(text[at - 1] ?? '')) at = text.lastIndexOf(sign, at - 1)
  return at
}

function parseImaginary(text: string): NumberConstant | undefined {
  const imaginary = parseFloat64(text)
  return imaginary === undefined ? undefined : complexNumber(0, imaginary)
}

function complexNumber(real: number, imaginary: number): NumberConstant {
  const complex = [real, imaginary] as const
  if (imaginary !== 0) return { int: undefined, uint: undefined, float: undefined, complex }
  return { ...integersOf(real), float: real, complex }
}

function integersOf(float: number): { int: bigint | undefined; uint: bigint | undefined } {
  if (!Number.isInteger(float)) return { int: undefined, uint: undefined }
  const integer = BigInt(float)
  return { int: within(integer, minInt, maxInt), uint: within(integer, 0n, maxUint) }
}

function within(value: bigint, least: bigint, most: bigint): bigint | undefined {
  return value >= least && value <= most ? value : undefined
}

const minInt = -(1n << 63n)
const maxInt = (1n << 63n) - 1n
const maxUint = (1n << 64n) - 1n

/** Go's `strconv.ParseInt` and `ParseUint` in base 0, without a bound. */
function parseInteger(text: string): bigint | undefined {
  if (!hasGoodUnderscores(text)) return undefined
  const match = /^([+-]?)(?:0[xX]([0-9a-fA-F_]+)|0[bB]([01_]+)|0[oO]?([0-7_]+)|([0-9_]+))$/.exec(text)
  if (match === null) return undefined
  const [, sign, hex, binary, octal, decimal = ''] = match
  const digits =
    hex !== undefined
      ? `0x${hex}`
      : binary !== undefined
        ? `0b${binary}`
        : octal !== undefined
          ? `0o${octal}`
          : decimal
  // A leading zero makes it octal: 089 is no number.
  if (octal === undefined && /^0[0-9_]/.test(decimal)) return undefined
  const value = BigInt(digits.replaceAll('_', ''))
  return sign === '-' ? -value : value
}

/** Go's `strconv.ParseFloat`; undefined for what it refuses, numbers out of range too. */
function parseFloat64(text: string): number | undefined {
  if (!hasGoodUnderscores(text)) return undefined
  const plain = text.replaceAll('_', '')
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain)) return finite(Number(plain))
  const hex = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?\d+)$/.exec(plain)
  if (hex === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = hex
  if (whole + fraction === '') return undefined
  const value = hexFloat(BigInt(`0x${whole}${fraction}`), Number(exponent) - 4 * fraction.length)
  return finite(sign === '-' ? -value : value)
}

/** An integer times a power of two, rounded once, to even. */
function hexFloat(mantissa: bigint, exponent: number): number {
  if (mantissa === 0n || exponent < -5000) return 0
  if (exponent > 5000) return Number.POSITIVE_INFINITY
  if (exponent >= 0) return Number(mantissa << BigInt(exponent))
  const bits = mantissa.toString(2).length
  // The last bit that a float of this size has; below it everything is rounded.
  const last = Math.max(bits + exponent - 53, -1074)
  const drop = BigInt(Math.max(last - exponent, 0))
  const kept = mantissa >> drop
  const rest = (mantissa & ((1n << drop) - 1n)) << 1n
  const half = 1n << drop
  const up = drop > 0n && (rest > half || (rest === half && (kept & 1n) === 1n))
  const place = drop > 0n ? last : exponent
  const value = Number(up ? kept + 1n : kept)
  // In two steps, because 2 ** -1074 alone is the smallest float there is.
  return place < -1000 ? value * 2 ** -1000 * 2 ** (place + 1000) : value * 2 ** place
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}

/** Underscores stand between digits only, or behind the prefix of a base. */
function hasGoodUnderscores(text: string): boolean {
  if (!text.includes('_')) return true
  const bare = text.replace(/^[+-]/, '')
  const hex = /^0[xX]/.test(bare)
  const marked = bare.replace(/^0[xXbBoO]/, '0').replaceAll(hex ? /[0-9a-fA-F]/g : /[0-9]/g, '0')
  return !/(^|[^0])_|_([^0]|$)/.test(marked)
}
