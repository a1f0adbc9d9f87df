import { stringBytes } from '../value/byte-string.ts'
import { FunctionError } from '../value/function.ts'

/** Go's time.ParseError where a part of the value does not fit the layout. All texts are byte units. */
export function notParsed(
  value: string,
  layout: string,
  part: { value: string; layout: string },
): FunctionError {
  const whole = `parsing time ${quoteUnits(value)} as ${quoteUnits(layout)}`
  return new FunctionError(`${whole}: cannot parse ${quoteUnits(part.value)} as ${quoteUnits(part.layout)}`)
}

/** Go's time.ParseError with a message of its own: `hour out of range`. */
export function badTime(value: string, message: string): FunctionError {
  return new FunctionError(`parsing time ${quoteUnits(value)}: ${message}`)
}

/** A text with one UTF-16 unit for each of its bytes: Go cuts between bytes. */
export function byteUnits(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text
  return Array.from(stringBytes(text), (byte) => String.fromCharCode(byte)).join('')
}

/** How package time quotes: bytes that are not printable ASCII as `\x`, otherwise than strconv. */
export function quoteBytes(text: string): string {
  return quoteUnits(byteUnits(text))
}

export function quoteUnits(units: string): string {
  let quoted = '"'
  for (const unit of units) {
    const byte = unit.charCodeAt(0)
    if (byte < 0x20 || byte >= 0x80) quoted += `\\x${byte.toString(16).padStart(2, '0')}`
    else quoted += unit === '"' || unit === '\\' ? `\\${unit}` : unit
  }
  return `${quoted}"`
}
