import type { Mark, Reader } from './reader.ts'
import { isBlank, isBreak, isBreakOrEnd } from './reader.ts'
import { scanError } from './syntax-error.ts'
import type { Token } from './token.ts'

/** A literal or folded scalar, after `|` or `>`. */
export function scanBlock(reader: Reader, parent: number): Token {
  const start = reader.mark()
  const isFolded = reader.unit() === 0x3e
  reader.skip()
  const { chomping, increment } = scanHeader(reader, start)
  const block: Block = { start, parent, indent: increment === 0 ? 0 : Math.max(parent, 0) + increment }
  let end = reader.mark()
  let [breaks, lineEnd] = ['', '']
  let text = ''
  let wasIndented = false
  const skipBreaks = (): void => {
    const skipped = scanBreaks(reader, block)
    breaks = skipped.breaks
    end = skipped.end
  }
  skipBreaks()
  while (reader.column === block.indent && reader.unit() !== 0) {
    const isIndented = isBlank(reader.unit())
    const folds = isFolded && lineEnd === '\n' && !wasIndented && !isIndented
    text += folds ? (breaks === '' ? ' ' : breaks) : lineEnd + breaks
    text += reader.takeLine()
    lineEnd = isBreak(reader.unit()) ? reader.takeBreak() : ''
    wasIndented = isIndented
    skipBreaks()
  }
  if (chomping !== '-') text += lineEnd
  if (chomping === '+') text += breaks
  return { kind: 'scalar', start, end, value: text, suffix: '', isPlain: false }
}

interface Block {
  readonly start: Mark
  /** The indentation of the block around it. */
  readonly parent: number
  /** Its own; 0 until it is known. */
  indent: number
}

function scanHeader(reader: Reader, start: Mark): { chomping: string; increment: number } {
  let chomping = scanChomping(reader)
  const increment = scanIncrement(reader, start)
  if (chomping === '') chomping = increment === 0 ? '' : scanChomping(reader)
  while (isBlank(reader.unit())) reader.skip()
  if (reader.unit() === 0x23) reader.takeLine()
  if (!isBreakOrEnd(reader.unit())) {
    throw scanError('did not find expected comment or line break', reader.mark(), start)
  }
  if (reader.unit() !== 0) reader.takeBreak()
  return { chomping, increment }
}

function scanChomping(reader: Reader): string {
  const unit = reader.unit()
  return unit === 0x2b || unit === 0x2d ? reader.take() : ''
}

function scanIncrement(reader: Reader, start: Mark): number {
  const digit = reader.unit() - 0x30
  if (digit < 0 || digit > 9) return 0
  if (digit === 0) throw scanError('found an indentation indicator equal to 0', reader.mark(), start)
  reader.skip()
  return digit
}

/** Indentation and empty lines; the first of them say how far the block is indented. */
function scanBreaks(reader: Reader, block: Block): { breaks: string; end: Mark } {
  let end = reader.mark()
  let breaks = ''
  let widest = 0
  for (;;) {
    while ((block.indent === 0 || reader.column < block.indent) && reader.unit() === 0x20) reader.skip()
    widest = Math.max(widest, reader.column)
    if ((block.indent === 0 || reader.column < block.indent) && reader.unit() === 0x09) {
      const problem = 'found a tab character where an indentation space is expected'
      throw scanError(problem, reader.mark(), block.start)
    }
    if (!isBreak(reader.unit())) break
    breaks += reader.takeBreak()
    end = reader.mark()
  }
  if (block.indent === 0) block.indent = Math.max(widest, block.parent + 1, 1)
  return { breaks, end }
}
