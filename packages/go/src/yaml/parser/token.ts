import type { Mark } from './reader.ts'

export type TokenKind =
  | 'stream end'
  | 'version directive'
  | 'tag directive'
  | 'document start'
  | 'document end'
  | 'block sequence start'
  | 'block mapping start'
  | 'block end'
  | 'flow sequence start'
  | 'flow sequence end'
  | 'flow mapping start'
  | 'flow mapping end'
  | 'block entry'
  | 'flow entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'

export interface Token {
  readonly kind: TokenKind
  readonly start: Mark
  readonly end: Mark
  /** Of a scalar, its text; of an anchor, its name; of a tag, its handle; of a version, `1.1`. */
  readonly value: string
  /** Of a tag, what follows the handle; of a tag directive, what the handle stands for. */
  readonly suffix: string
  readonly isPlain: boolean
}

export function tokenAt(kind: TokenKind, start: Mark, end: Mark = start): Token {
  return { kind, start, end, value: '', suffix: '', isPlain: false }
}
