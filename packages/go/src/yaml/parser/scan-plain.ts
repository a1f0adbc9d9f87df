import type { Reader } from './reader.ts'
import { isBlank, isBlankOrEnd, isBreak } from './reader.ts'
import { scanError } from './syntax-error.ts'
import type { Token } from './token.ts'

export interface PlainContext {
  /** The indentation of the block around it; -1 outside of all. */
  readonly indent: number
  readonly inFlow: boolean
}

/** A scalar without quotes, also over several lines; the second value says that a line break followed it. */
export function scanPlain(reader: Reader, { indent, inFlow }: PlainContext): [Token, boolean] {
  const start = reader.mark()
  let end = start
  let text = ''
  let space = ''
  let endsLine = false
  while (!reader.isAtDocumentMark() && reader.unit() !== hash) {
    while (!isBlankOrEnd(reader.unit()) && !endsPlain(reader, inFlow)) {
      text += space + reader.take()
      space = ''
      endsLine = false
      end = reader.mark()
    }
    if (!isBlank(reader.unit()) && !isBreak(reader.unit())) break
    const gap = scanGap(reader, (unit) => {
      if (unit === tab && reader.column < indent + 1) {
        throw scanError('found a tab character that violates indentation', reader.mark(), start)
      }
    })
    space = gap.text
    endsLine = gap.hasBreak
    if (!inFlow && reader.column < indent + 1) break
  }
  return [{ kind: 'scalar', start, end, value: text, suffix: '', isPlain: true }, endsLine]
}

const hash = 0x23
const tab = 0x09
const colon = 0x3a

function endsPlain(reader: Reader, inFlow: boolean): boolean {
  const unit = reader.unit()
  if (unit === colon && isBlankOrEnd(reader.unit(1))) return true
  return inFlow && ',?[]{}'.includes(String.fromCharCode(unit))
}

/**
 * Blanks and line breaks inside a scalar, and what is read for them: blanks as they are, one break as a blank,
 * several as all but the first.
 *
 * @param checkBlank Is told of each blank at the begin of a line.
 */
export function scanGap(
  reader: Reader,
  checkBlank: (unit: number) => void,
  afterEscapedBreak = false,
): { text: string; hasBreak: boolean } {
  let blanks = ''
  let first: string | undefined = afterEscapedBreak ? '' : undefined
  let others = ''
  for (let unit = reader.unit(); isBlank(unit) || isBreak(unit); unit = reader.unit()) {
    if (isBreak(unit)) {
      if (first === undefined) first = reader.takeBreak()
      else others += reader.takeBreak()
    } else if (first === undefined) {
      blanks += reader.take()
    } else {
      checkBlank(unit)
      reader.skip()
    }
  }
  if (first === undefined) return { text: blanks, hasBreak: false }
  if (first === '\n') return { text: others === '' ? ' ' : others, hasBreak: true }
  return { text: first + others, hasBreak: true }
}
