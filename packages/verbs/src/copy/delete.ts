import { ChartroomError } from '@chartroom/errors'
import type { Digest } from '@chartroom/oci'
import { formatReference, parseReference } from '@chartroom/oci'
import type { Connections } from '../connection.ts'
import { removeManifest, removeTag } from '../vendor/removal.ts'
import { resolveNamed } from './named.ts'

/** What a delete will take, for the question before it. */
export interface Deletion {
  readonly reference: string
  readonly digest: Digest
  /** Tags that vanish. */
  readonly tags: readonly string[]
  run(): Promise<void>
}

/** Plans the removal of a tag or, for a digest, of the manifest with all tags that point at it. */
export async function planDeletion(connections: Connections, from: string): Promise<Deletion> {
  const reference = parseReference(from)
  const { tag, digest } = reference
  const target = connections.repository(reference)
  if (digest === undefined && tag === undefined) {
    throw new ChartroomError('USAGE', `${from} names no tag or digest`, {
      hint: 'A whole repository is not deleted at once: name a tag, or a digest with all its tags.',
    })
  }
  const descriptor = await resolveNamed(target, reference)
  if (digest === undefined && tag !== undefined) {
    return {
      reference: formatReference(reference),
      digest: descriptor.digest,
      tags: [tag],
      run: () => removeTag(connections, target, tag),
    }
  }
  const tags: string[] = []
  for await (const name of target.tags()) {
    if ((await target.resolve(name)).digest === descriptor.digest) tags.push(name)
  }
  return {
    reference: formatReference(reference),
    digest: descriptor.digest,
    tags,
    run: () => removeManifest(connections, target, descriptor.digest),
  }
}
