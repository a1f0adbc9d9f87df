import { giveUp } from './unusual.ts'

/** A cursor over the lines that say something; blank ones and comments are passed over. */
export class Lines {
  readonly text: string
  /** Offset of the line, of what stands first on it, and of its end. */
  start = 0
  at = 0
  end = -1
  /** Column of `at`; -1 after the last line. */
  indent = 0

  constructor(text: string) {
    this.text = text
    this.next()
  }

  get done(): boolean {
    return this.indent < 0
  }

  next(): void {
    const { text } = this
    for (;;) {
      const start = this.end + 1
      if (start >= text.length) return this.#finish()
      const newline = text.indexOf('\n', start)
      this.end = newline < 0 ? text.length : newline
      let at = start
      while (text.charCodeAt(at) === space) at++
      if (at >= this.end) continue
      const first = text.charCodeAt(at)
      if (first === tab) giveUp()
      if (first === hash) continue
      this.start = start
      this.at = at
      this.indent = at - start
      if (this.indent === 0 && isMarker(text, at)) giveUp()
      return
    }
  }

  /** Goes on after an offset that a scalar of several lines ended at. */
  resumeAt(end: number): void {
    this.end = end
    this.next()
  }

  #finish(): void {
    this.indent = -1
    this.at = this.text.length
    this.end = this.text.length
  }
}

/** True where only blanks or a comment follow on the line. */
export function isRestEmpty(text: string, from: number, end: number): boolean {
  let at = from
  while (at < end && text.charCodeAt(at) === space) at++
  return at >= end || (text.charCodeAt(at) === hash && at > from)
}

/** The text without the blanks at its end; other white space is content. */
export function trimBlanks(text: string): string {
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === space) end--
  return text.slice(0, end)
}

function isMarker(text: string, at: number): boolean {
  return text.startsWith('---', at) || text.startsWith('...', at)
}

export const space = 0x20
export const tab = 0x09
const hash = 0x23
