import type { Statement } from './node.ts'
import type { ParseFailure } from './parse-failure.ts'

/** A template as it has been parsed: a file, or a `define` or `block` in it. */
export interface ParsedTree {
  readonly source: string
  /** Its first statement. */
  readonly root: Statement | undefined
  /** Nothing but space and comments, and definitions of others. */
  readonly isEmpty: boolean
  /** Slots for its variables. */
  readonly slots: number
  readonly skippable: ReadonlyMap<number, number>
}

/** All that one text is, whatever its file is called. */
export interface ParsedText {
  readonly source: string
  readonly definitions: ReadonlyMap<string, ParsedTree>
  readonly main: ParsedTree | undefined
  /** Functions that are called, in the order of their first call, and its offset. */
  readonly functions: ReadonlyMap<string, number>
  /** Why it is no template; it may call unknown functions before. */
  readonly failure: ParseFailure | undefined
}
