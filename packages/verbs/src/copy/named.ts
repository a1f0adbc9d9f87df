import { ChartroomError, hasCode } from '@chartroom/errors'
import type { Descriptor, ReadTarget, Reference } from '@chartroom/oci'
import { formatReference } from '@chartroom/oci'

/** What the tag or digest of a reference stands for. Throws `NOT_FOUND` with the reference as it was written. */
export async function resolveNamed(target: ReadTarget, reference: Reference): Promise<Descriptor> {
  try {
    return await target.resolve(reference.digest ?? reference.tag ?? '')
  } catch (error) {
    if (!hasCode(error, 'NOT_FOUND', 'REPOSITORY_NOT_FOUND')) throw error
    const { registry, repository } = reference
    throw new ChartroomError('NOT_FOUND', `${formatReference(reference)} is not there`, {
      origin: registry,
      cause: error,
      hint: `chartroom versions oci://${registry}/${repository} lists what is there.`,
    })
  }
}
