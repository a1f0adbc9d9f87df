import type { Answer } from '../message.ts'
import { specError } from '../message.ts'

/** What an operation asks of a token. */
export interface Needed {
  readonly type: 'repository' | 'registry'
  readonly name: string
  readonly actions: readonly string[]
}

/** The answer to a change of what is locked. */
export const disallowed: Answer = specError({
  status: 405,
  code: 'UNSUPPORTED',
  message: 'The operation is disallowed on this registry, repository or image.',
})
