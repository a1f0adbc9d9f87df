import type { ValueMap } from '../../value/value.ts'
import type { YamlMap } from '../value.ts'
import { giveUp } from './unusual.ts'

/** What maps become: objects without a prototype, or the tables of templates, or null where nobody asks. */
export type Maps = 'objects' | 'tables' | 'nothing'

/** What a reader of YAML wants of it. */
export interface Wish {
  readonly maps: Maps
  /** Of objects the fields of the outermost, in lower case, that are asked for; without it all. */
  readonly fields?: ReadonlySet<string> | undefined
}

/** What is read, with one of the two kinds of maps in it. */
export type Read = null | boolean | number | string | Read[] | YamlMap | ValueMap

/**
 * A cursor over the lines that say something; blank ones and comments are passed over. Its fields are plain ones
 * because nothing else is read as often while a process is young.
 */
export class Lines {
  readonly text: string
  maps: Maps
  readonly fields: ReadonlySet<string> | undefined
  /** Whether there is a tab anywhere, which plain texts must then be searched for. */
  readonly hasTabs: boolean
  /** Offset of the line, of what stands first on it, and of its end. */
  start = 0
  at = 0
  end: number
  /** Column of `at`; -1 after the last line. */
  indent = 0
  /** Whether a dash and a blank stand first. */
  isItem = false
  /** Offset of the colon behind the key that was read last. */
  colon = -1
  /** Collections around this line. */
  depth = 0
  /**
   * Offset of the first comment from the begin of the line on that follows something on its line; infinity without
   * one. A text is searched once and not once a line.
   */
  comment = -1

  /** Begins with the line at an offset. */
  constructor(text: string, from: number, { maps, fields }: Wish) {
    this.text = text
    this.maps = maps
    this.fields = fields
    this.hasTabs = text.includes('\t')
    this.end = from - 1
    this.next()
  }

  next(): void {
    const { text } = this
    let start = this.end + 1
    while (start < text.length) {
      const newline = text.indexOf('\n', start)
      const end = newline < 0 ? text.length : newline
      let at = start
      let first = text.charCodeAt(at)
      while (first === space) first = text.charCodeAt(++at)
      if (at < end && first !== hash) {
        if (first === tab || (at === start && isMarker(text, at))) giveUp()
        this.start = start
        this.end = end
        this.begin(at)
        if (this.comment < start) this.comment = this.#commentFrom(start)
        return
      }
      start = end + 1
    }
    this.#finish()
  }

  /** Goes on within the line, where what stands behind a dash begins. */
  begin(at: number): void {
    const { text } = this
    this.at = at
    this.indent = at - this.start
    this.isItem = text.charCodeAt(at) === dash && isBlankAt(text, at + 1, this.end)
  }

  /** Goes on after an offset that a scalar of several lines ended at. */
  resumeAt(end: number): void {
    this.end = end
    this.next()
  }

  /** As `comment`, from an offset in the line on. */
  commentFrom(at: number): number {
    return this.comment < at ? this.#commentFrom(at) : this.comment
  }

  #commentFrom(at: number): number {
    const found = this.text.indexOf(' #', at)
    return found < 0 ? Number.POSITIVE_INFINITY : found
  }

  #finish(): void {
    this.indent = -1
    this.at = this.text.length
    this.end = this.text.length
    this.isItem = false
  }
}

/** True where a blank or the end of the line is. */
export function isBlankAt(text: string, at: number, end: number): boolean {
  return at >= end || text.charCodeAt(at) === space
}

/** True where only blanks or a comment follow on the line. */
export function isRestEmpty(text: string, from: number, end: number): boolean {
  let at = from
  while (at < end && text.charCodeAt(at) === space) at++
  return at >= end || (text.charCodeAt(at) === hash && at > from)
}

/** A part of the text without the blanks at its end; other white space is content. */
export function trimmed(text: string, from: number, to: number): string {
  let end = to
  while (end > from && text.charCodeAt(end - 1) === space) end--
  return text.slice(from, end)
}

function isMarker(text: string, at: number): boolean {
  return text.startsWith('---', at) || text.startsWith('...', at)
}

export const space = 0x20
export const tab = 0x09
const dash = 0x2d
export const hash = 0x23
