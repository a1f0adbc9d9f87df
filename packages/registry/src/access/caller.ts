import type { Reply } from '../message.ts'

export const rights = ['pull', 'push', 'delete'] as const

/** What may be done in a repository. To replace a tag is to push. */
export type Right = (typeof rights)[number]

/** Who asks, and what he may do. */
export interface Caller {
  /** For a sentence: `alice`, `anonymous`. */
  readonly name: string
  /** Nothing has to be left out of what he reads. */
  readonly readsAll: boolean
  /** He may read something, whether it is there or not. */
  readonly readsAny: boolean
  /** The answer to everything he may not do, where a login may help; the same whether there is such a thing or not. */
  readonly challenge: Reply | undefined
  may(right: Right, repository: string): boolean
}

/** Where no file says otherwise: whoever comes past the password does what he likes. */
export const everybody: Caller = {
  name: 'everybody',
  readsAll: true,
  readsAny: true,
  challenge: undefined,
  may: () => true,
}
