/** Length of the zone abbreviation a text starts with, 0 when it starts with none: three to five capitals, or
 * `+03`, with the exceptions Go knows. */
export function abbreviationLength(text: string): number {
  if (text.startsWith('ChST') || text.startsWith('MeST')) return 4
  if (text.startsWith('GMT')) return 3 + signedHourLength(text.slice(3))
  if (text.length < 3) return 0
  if (text.startsWith('+') || text.startsWith('-')) return signedHourLength(text)
  const capitals = /^[A-Z]{0,6}/.exec(text)?.[0] ?? ''
  if (capitals.length === 3) return 3
  if (capitals.length === 4) return capitals.endsWith('T') || capitals === 'WITA' ? 4 : 0
  return capitals.length === 5 && capitals.endsWith('T') ? 5 : 0
}

/** `+3`, `-0011`: a sign and at most 23 hours, with any number of zeros. */
function signedHourLength(text: string): number {
  const found = /^[+-](\d+)/.exec(text)
  return found === null || Number(found[1]) > 23 ? 0 : found[0].length
}

export interface OffsetReading {
  /** Seconds; undefined where a part is no number, or there is no sign. */
  readonly offset: number | undefined
  /** The part that is out of range, which Go complains of first: `time zone offset hour`. */
  readonly outOfRange: string | undefined
  readonly length: number
}

/** Reads an offset as a layout element (`-07:00`, `Z0700`) wants it; undefined where it is too short, or has no
 * colon. */
export function readOffset(element: string, text: string): OffsetReading | undefined {
  const found = shapes[element.slice(1)]?.exec(text)
  if (found === undefined || found === null) return undefined
  const [whole, sign, ...parts] = found
  const firstBad = parts.findIndex((part) => !/^\d\d$/.test(part))
  const numbers = parts.map((part, index) => (firstBad >= 0 && index >= firstBad ? 0 : Number(part)))
  const [hours = 0, minutes = 0, seconds = 0] = numbers
  const size = (hours * 60 + minutes) * 60 + seconds
  const isNumber = firstBad < 0 && (sign === '+' || sign === '-')
  return {
    offset: isNumber ? (sign === '-' ? -size : size) : undefined,
    outOfRange: outOfRange(hours, minutes, seconds),
    length: whole.length,
  }
}

/** The last part that is wrong; 24 hours, 60 minutes and 60 seconds pass. */
function outOfRange(hours: number, minutes: number, seconds: number): string | undefined {
  if (seconds > 60) return 'time zone offset second'
  if (minutes > 60) return 'time zone offset minute'
  return hours > 24 ? 'time zone offset hour' : undefined
}

const shapes: Readonly<Record<string, RegExp>> = {
  '07': /^(.)(..)/s,
  '0700': /^(.)(..)(..)/s,
  '07:00': /^(.)(..):(..)/s,
  '070000': /^(.)(..)(..)(..)/s,
  '07:00:00': /^(.)(..):(..):(..)/s,
}
