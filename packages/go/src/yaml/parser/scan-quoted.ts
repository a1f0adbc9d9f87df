import type { Mark, Reader } from './reader.ts'
import { isBlankOrEnd, isBreak } from './reader.ts'
import { scanGap } from './scan-plain.ts'
import { scanError } from './syntax-error.ts'
import type { Token } from './token.ts'

const single = 0x27
const double = 0x22
const backslash = 0x5c

/** A scalar in quotes of either kind. */
export function scanQuoted(reader: Reader): Token {
  const start = reader.mark()
  const quote = reader.unit()
  reader.skip()
  let text = ''
  for (;;) {
    if (reader.isAtDocumentMark()) throw fail(reader, start, 'found unexpected document indicator')
    if (reader.unit() === 0) throw fail(reader, start, 'found unexpected end of stream')
    const line = scanLine(reader, quote, start)
    text += line.text
    if (reader.unit() === quote) break
    text += scanGap(reader, ignore, line.hasEscapedBreak).text
  }
  reader.skip()
  return { kind: 'scalar', start, end: reader.mark(), value: text, suffix: '', isPlain: false }
}

function ignore(): void {}

/** All up to the next blank, break or quote. */
function scanLine(reader: Reader, quote: number, start: Mark): { text: string; hasEscapedBreak: boolean } {
  let text = ''
  while (!isBlankOrEnd(reader.unit())) {
    const unit = reader.unit()
    if (unit === quote) {
      if (quote === double || reader.unit(1) !== single) break
      text += "'"
      reader.skip(2)
    } else if (unit !== backslash || quote === single) {
      text += reader.take()
    } else if (isBreak(reader.unit(1))) {
      reader.skip()
      reader.takeBreak()
      return { text, hasEscapedBreak: true }
    } else {
      text += scanEscape(reader, start)
    }
  }
  return { text, hasEscapedBreak: false }
}

const escapes = new Map([
  ['0', '\0'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\u001b'],
  [' ', ' '],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
])

const lengths = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

function scanEscape(reader: Reader, start: Mark): string {
  const letter = String.fromCharCode(reader.unit(1))
  const known = escapes.get(letter)
  const length = lengths.get(letter)
  if (known === undefined && length === undefined) {
    throw fail(reader, start, 'found unknown escape character')
  }
  reader.skip(2)
  return known ?? scanCode(reader, length ?? 0, start)
}

function scanCode(reader: Reader, length: number, start: Mark): string {
  let digits = ''
  for (let k = 0; k < length; k++) digits += String.fromCharCode(reader.unit(k))
  if (!/^[0-9A-Fa-f]+$/.test(digits)) throw fail(reader, start, 'did not find expected hexdecimal number')
  const code = Number.parseInt(digits, 16)
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    throw fail(reader, start, 'found invalid Unicode character escape code')
  }
  reader.skip(length)
  return String.fromCodePoint(code)
}

function fail(reader: Reader, start: Mark, problem: string): Error {
  return scanError(problem, reader.mark(), start)
}
