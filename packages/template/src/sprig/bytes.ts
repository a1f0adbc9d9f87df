import { bytesString, FunctionError, stringBytes } from '@chartroom/go'

const ascii = /^[\0-\x7f]*$/

/** Bytes of a Go string. */
export function byteLength(text: string): number {
  if (ascii.test(text)) return text.length
  let length = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    length +=
      code < 0x80 || (code >= 0xdc80 && code <= 0xdcff) ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return length
}

/** Go's `text[start:end]` in bytes; a bound that is left out is undefined. Errs as the Go runtime does. */
export function sliceBytes(text: string, start: bigint | undefined, end: bigint | undefined): string {
  const bytes = ascii.test(text) ? undefined : stringBytes(text)
  const length = BigInt(bytes?.length ?? text.length)
  if (end !== undefined && (end < 0n || end > length)) {
    throw outOfRange(end < 0n ? `[:${end}]` : `[:${end}] with length ${length}`)
  }
  const from = start ?? 0n
  const to = end ?? length
  if (from < 0n) throw outOfRange(`[${from}:]`)
  if (from > to) throw outOfRange(`[${from}:${to}]`)
  if (bytes === undefined) return text.slice(Number(from), Number(to))
  return bytesString(bytes.subarray(Number(from), Number(to)))
}

function outOfRange(bounds: string): FunctionError {
  return new FunctionError(`runtime error: slice bounds out of range ${bounds}`)
}

/** A text with one UTF-16 unit for each byte of a Go string: what searches bytes can search that. */
export function toByteUnits(text: string): string {
  if (ascii.test(text)) return text
  const bytes = stringBytes(text)
  let units = ''
  for (let at = 0; at < bytes.length; at += 8192)
    units += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return units
}

/** The Go string of {@link toByteUnits}. */
export function fromByteUnits(units: string): string {
  if (ascii.test(units)) return units
  return bytesString(Uint8Array.from(units, (unit) => unit.charCodeAt(0)))
}

/** Has bytes that are no UTF-8. */
export function isBroken(text: string): boolean {
  return broken.test(text)
}

const broken = /[\udc80-\udcff]/u
