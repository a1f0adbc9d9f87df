import type { ParsedTree } from './parsed-text.ts'

/** A tree under its name. */
export interface Template {
  readonly name: string
  /** The file that it stands in, which errors name. */
  readonly file: string
  readonly tree: ParsedTree
}
