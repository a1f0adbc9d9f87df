import { bytesString } from '../../value/byte-string.ts'
import type { Mark, Reader } from './reader.ts'
import { isBlank, isBlankOrEnd, isBreakOrEnd, isWord } from './reader.ts'
import { scanError } from './syntax-error.ts'
import type { Token } from './token.ts'
import { tokenAt } from './token.ts'

/** `&name` or `*name`. */
export function scanAnchor(reader: Reader): Token {
  const start = reader.mark()
  const kind = reader.unit() === 0x26 ? 'anchor' : 'alias'
  reader.skip()
  const value = reader.takeWhile(isWord)
  const end = reader.mark()
  const unit = reader.unit()
  if (value === '' || !(isBlankOrEnd(unit) || '?:,]}%@`'.includes(String.fromCharCode(unit)))) {
    throw scanError('did not find expected alphabetic or numeric character', end, start)
  }
  return { ...tokenAt(kind, start, end), value }
}

/** `!<uri>`, `!handle!suffix` or `!suffix`. */
export function scanTag(reader: Reader): Token {
  const start = reader.mark()
  const { value, suffix } = reader.unit(1) === 0x3c ? scanVerbatim(reader, start) : scanShort(reader, start)
  if (!isBlankOrEnd(reader.unit())) {
    throw scanError('did not find expected whitespace or line break', reader.mark(), start)
  }
  return { ...tokenAt('tag', start, reader.mark()), value, suffix }
}

function scanVerbatim(reader: Reader, start: Mark): { value: string; suffix: string } {
  reader.skip(2)
  const suffix = scanUri(reader, '', start)
  if (reader.unit() !== 0x3e) throw scanError("did not find the expected '>'", reader.mark(), start)
  reader.skip()
  return { value: '', suffix }
}

function scanShort(reader: Reader, start: Mark): { value: string; suffix: string } {
  const handle = scanHandle(reader, start, false)
  if (handle.length > 1 && handle.endsWith('!')) return { value: handle, suffix: scanUri(reader, '', start) }
  const suffix = scanUri(reader, handle, start)
  return suffix === '' ? { value: '', suffix: '!' } : { value: '!', suffix }
}

function scanHandle(reader: Reader, start: Mark, isDirective: boolean): string {
  if (reader.unit() !== 0x21) throw scanError("did not find expected '!'", reader.mark(), start)
  const handle = reader.take() + reader.takeWhile(isWord)
  if (reader.unit() === 0x21) return handle + reader.take()
  if (isDirective && handle !== '!') throw scanError("did not find expected '!'", reader.mark(), start)
  return handle
}

/** The characters of an address behind what has been read of it. */
function scanUri(reader: Reader, head: string, start: Mark): string {
  let uri = head.slice(1)
  let found = head !== ''
  for (;;) {
    const unit = reader.unit()
    if (unit === 0 || !(isWord(unit) || ";/?:@&=+$,.!~*'()[]%".includes(String.fromCharCode(unit)))) break
    uri += unit === 0x25 ? scanUriEscape(reader, start) : reader.take()
    found = true
  }
  if (!found) throw scanError('did not find expected tag URI', reader.mark(), start)
  return uri
}

/** The bytes of one character, each as `%XX`. */
function scanUriEscape(reader: Reader, start: Mark): string {
  const octets: number[] = []
  let wanted = 1
  while (octets.length < wanted) {
    const digits = String.fromCharCode(reader.unit(1), reader.unit(2))
    if (reader.unit() !== 0x25 || !/^[0-9A-Fa-f]{2}$/.test(digits)) {
      throw scanError('did not find URI escaped octet', reader.mark(), start)
    }
    const octet = Number.parseInt(digits, 16)
    if (octets.length === 0) wanted = widthOf(octet)
    else if ((octet & 0xc0) !== 0x80) {
      throw scanError('found an incorrect trailing UTF-8 octet', reader.mark(), start)
    }
    if (wanted === 0) throw scanError('found an incorrect leading UTF-8 octet', reader.mark(), start)
    octets.push(octet)
    reader.skip(3)
  }
  return bytesString(Uint8Array.from(octets))
}

function widthOf(octet: number): number {
  if ((octet & 0x80) === 0) return 1
  if ((octet & 0xe0) === 0xc0) return 2
  if ((octet & 0xf0) === 0xe0) return 3
  return (octet & 0xf8) === 0xf0 ? 4 : 0
}

/** A line that begins with `%`. */
export function scanDirective(reader: Reader): Token {
  const start = reader.mark()
  reader.skip()
  const name = reader.takeWhile(isWord)
  if (name === '') throw scanError('could not find expected directive name', reader.mark(), start)
  if (!isBlankOrEnd(reader.unit())) {
    throw scanError('found unexpected non-alphabetical character', reader.mark(), start)
  }
  if (name !== 'YAML' && name !== 'TAG') {
    throw scanError('found unknown directive name', reader.mark(), start)
  }
  while (isBlank(reader.unit())) reader.skip()
  const token = name === 'YAML' ? scanVersion(reader, start) : scanTagDirective(reader, start)
  while (isBlank(reader.unit())) reader.skip()
  if (reader.unit() === 0x23) reader.takeLine()
  if (!isBreakOrEnd(reader.unit())) {
    throw scanError('did not find expected comment or line break', reader.mark(), start)
  }
  if (reader.unit() !== 0) reader.takeBreak()
  return token
}

function scanVersion(reader: Reader, start: Mark): Token {
  const major = scanVersionNumber(reader, start)
  if (reader.unit() !== 0x2e) {
    throw scanError("did not find expected digit or '.' character", reader.mark(), start)
  }
  reader.skip()
  const minor = scanVersionNumber(reader, start)
  return { ...tokenAt('version directive', start, reader.mark()), value: `${major}.${minor}` }
}

function scanVersionNumber(reader: Reader, start: Mark): number {
  let digits = ''
  while (reader.unit() >= 0x30 && reader.unit() <= 0x39) {
    if (digits.length === 2) throw scanError('found extremely long version number', reader.mark(), start)
    digits += reader.take()
  }
  if (digits === '') throw scanError('did not find expected version number', reader.mark(), start)
  return Number(digits)
}

function scanTagDirective(reader: Reader, start: Mark): Token {
  const value = scanHandle(reader, start, true)
  if (!isBlank(reader.unit())) throw scanError('did not find expected whitespace', reader.mark(), start)
  while (isBlank(reader.unit())) reader.skip()
  const suffix = scanUri(reader, '', start)
  if (!isBlankOrEnd(reader.unit())) {
    throw scanError('did not find expected whitespace or line break', reader.mark(), start)
  }
  return { ...tokenAt('tag directive', start, reader.mark()), value, suffix }
}
