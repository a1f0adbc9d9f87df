import type { Flags } from './flags.ts'
import type { FloatFormat } from './float.ts'
import { formatFloat } from './float.ts'

/** A float64 under `%v`, `%b`, `%e`, `%f`, `%g`, `%x` and their capitals; undefined for another verb. */
export function formatFloating(flags: Flags, value: number, verb: string): string | undefined {
  const style = styles.get(verb)
  return style === undefined ? undefined : padNumber(flags, signedText(flags, value, style))
}

interface Style {
  readonly format: FloatFormat
  readonly precision: number
}

const styles: ReadonlyMap<string, Style> = new Map([
  ['v', { format: 'g', precision: -1 }],
  ['b', { format: 'b', precision: -1 }],
  ['g', { format: 'g', precision: -1 }],
  ['G', { format: 'G', precision: -1 }],
  ['x', { format: 'x', precision: -1 }],
  ['X', { format: 'X', precision: -1 }],
  ['f', { format: 'f', precision: 6 }],
  ['F', { format: 'f', precision: 6 }],
  ['e', { format: 'e', precision: 6 }],
  ['E', { format: 'E', precision: 6 }],
])

/** The number behind a sign, which is there even for a plus. */
function signedText(flags: Flags, value: number, style: Style): string {
  const precision = flags.precision ?? style.precision
  const text = formatFloat(value, style.format, precision)
  const signed = text.startsWith('-') || text.startsWith('+') ? text : `+${text}`
  const finite = Number.isFinite(value)
  return flags.sharp && style.format !== 'b' && finite ? withPoint(signed, style.format, precision) : signed
}

function padNumber(flags: Flags, signed: string): string {
  let text = signed
  if (flags.space && text.startsWith('+') && !flags.plus) text = ` ${text.slice(1)}`
  if (text[1] === 'I' || text[1] === 'N') {
    const bare = text[1] === 'N' && !flags.space && !flags.plus
    return flags.padWithSpaces(bare ? text.slice(1) : text)
  }
  if (!flags.plus && text.startsWith('+')) return flags.pad(text.slice(1))
  const width = flags.width ?? 0
  if (flags.zero && !flags.minus && width > text.length) {
    return (text[0] ?? '') + '0'.repeat(width - text.length) + text.slice(1)
  }
  return flags.pad(text)
}

/** `%#g` and its like: always a decimal point, and the zeros that make up the precision. */
function withPoint(signed: string, format: FloatFormat, precision: number): string {
  const counts = format === 'g' || format === 'G' || format === 'x'
  let wanted = counts ? (precision === -1 ? 6 : precision) : 0
  const tailAt = signed.search(format === 'x' || format === 'X' ? /[pP]/ : /[eE]/)
  const tail = tailAt < 0 ? '' : signed.slice(tailAt)
  let head = tailAt < 0 ? signed : signed.slice(0, tailAt)
  let seen = false
  for (const character of head.slice(1)) {
    if (character === '.') continue
    if (character !== '0') seen = true
    if (seen) wanted--
  }
  if (!head.includes('.')) {
    if (head.length === 2 && head[1] === '0') wanted--
    head += '.'
  }
  return head + '0'.repeat(Math.max(wanted, 0)) + tail
}
