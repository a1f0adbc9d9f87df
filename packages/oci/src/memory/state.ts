import { ChartroomError } from '@chartroom/errors'
import type { Descriptor, Digest } from '../descriptor.ts'

/** What one repository in memory holds. */
export interface MemoryState {
  readonly blobs: Map<Digest, Uint8Array>
  readonly manifests: Map<Digest, { readonly descriptor: Descriptor; readonly bytes: Uint8Array }>
  readonly tags: Map<string, Digest>
}

export function absent(what: string): ChartroomError {
  return new ChartroomError('NOT_FOUND', `${what} is not here`, { hint: 'Check the tag or digest.' })
}
