import type { Flags } from './flags.ts'
import { isPrint, quoteRune } from './quote.ts'

/** An integer under `%d`, `%b`, `%o`, `%O`, `%x`, `%X`, `%c`, `%q` or `%U`; undefined for another verb. */
export function formatInteger(flags: Flags, value: bigint, verb: string): string | undefined {
  switch (verb) {
    case 'v':
    case 'd':
      return digits(flags, value, { base: 10 })
    case 'b':
      return digits(flags, value, { base: 2, prefix: flags.sharp ? '0b' : '' })
    case 'o':
      return digits(flags, value, { base: 8, octal: flags.sharp })
    case 'O':
      return digits(flags, value, { base: 8, octal: flags.sharp, prefix: '0o' })
    case 'x':
      return digits(flags, value, { base: 16, prefix: flags.sharp ? '0x' : '' })
    case 'X':
      return digits(flags, value, { base: 16, prefix: flags.sharp ? '0X' : '', upper: true })
    case 'c':
      return flags.pad(String.fromCodePoint(rune(value)))
    case 'q':
      return flags.pad(quoteRune(rune(value), flags.plus))
    case 'U':
      return formatUnicode(flags, value)
    default:
      return undefined
  }
}

/** The `0x..` of an unsigned integer under `%#v` and of an address. */
export function formatAddress(flags: Flags, value: bigint, leading: boolean): string {
  return digits(flags, value, { base: 16, prefix: leading ? '0x' : '' })
}

interface Style {
  base: number
  prefix?: string
  upper?: boolean
  /** A leading zero, as `%#o` has it. */
  octal?: boolean
}

function digits(flags: Flags, value: bigint, style: Style): string {
  const negative = value < 0n
  const sign = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : ''
  let least = flags.precision ?? 0
  if (flags.precision === 0 && value === 0n) return flags.padWithSpaces('')
  if (flags.precision === undefined && flags.zero && !flags.minus && flags.width !== undefined) {
    least = flags.width - (sign === '' ? 0 : 1)
  }
  let text = (negative ? -value : value).toString(style.base).padStart(least, '0')
  if (style.upper === true) text = text.toUpperCase()
  if (style.octal === true && !text.startsWith('0')) text = `0${text}`
  return flags.padWithSpaces(sign + (style.prefix ?? '') + text)
}

/** The character of an integer, U+FFFD where there is none. */
function rune(value: bigint): number {
  if (value < 0n || value > 0x10ffffn) return 0xfffd
  const code = Number(value)
  return code >= 0xd800 && code <= 0xdfff ? 0xfffd : code
}

function formatUnicode(flags: Flags, value: bigint): string {
  const unsigned = BigInt.asUintN(64, value)
  const hex = unsigned
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(flags.precision ?? 0, 4), '0')
  const shown = flags.sharp && unsigned <= 0x10ffffn && isPrint(Number(unsigned))
  return flags.padWithSpaces(`U+${hex}${shown ? ` '${String.fromCodePoint(Number(unsigned))}'` : ''}`)
}
