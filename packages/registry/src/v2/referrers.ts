import type { Descriptor, Digest } from '@chartroom/oci'
import { mediaTypes } from '@chartroom/oci'
import type { StoreRepository } from '@chartroom/store'
import { limits } from '../limits.ts'
import type { RegistryRequest, Reply } from '../message.ts'
import { jsonReply, nextLink } from './page.ts'

/** GET `/v2/<name>/referrers/<digest>`: an index, empty where nobody refers to the digest, in pages where long. */
export async function referrersGet(
  request: RegistryRequest,
  repository: StoreRepository,
  subject: Digest,
): Promise<Reply> {
  const artifactType = request.query.get('artifactType')
  const after = request.query.get('last') ?? undefined
  const manifests: Descriptor[] = []
  let bytes = 0
  let headers: Record<string, string> = {}
  const filter = artifactType === null ? {} : { artifactType }
  for await (const descriptor of repository.listReferrers(subject, { ...filter, after })) {
    bytes += JSON.stringify(descriptor).length
    const last = manifests.at(-1)
    if (last !== undefined && (manifests.length === limits.page || bytes > limits.referrersPageBytes)) {
      headers = nextLink(`/v2/${repository.name}/referrers/${subject}`, { ...filter, last: last.digest })
      break
    }
    manifests.push(descriptor)
  }
  return jsonReply(
    { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests },
    {
      'content-type': mediaTypes.ociIndex,
      ...(artifactType === null ? {} : { 'oci-filters-applied': 'artifactType' }),
      ...headers,
    },
  )
}
