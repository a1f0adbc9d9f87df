import type { Descriptor } from '../descriptor.ts'
import { parseManifest, referrerDescriptor } from '../manifest.ts'
import type { ReferrersFilter } from '../target.ts'
import type { MemoryState } from './state.ts'

export function listReferrers(
  { manifests }: MemoryState,
  subject: Descriptor,
  { artifactType }: ReferrersFilter = {},
): Descriptor[] {
  return [...manifests.values()]
    .map(({ descriptor, bytes }) => ({ descriptor, manifest: parseManifest(bytes, descriptor.mediaType) }))
    .filter(({ manifest }) => manifest.subject?.digest === subject.digest)
    .map(({ descriptor, manifest }) => referrerDescriptor(descriptor, manifest))
    .filter((referrer) => artifactType === undefined || referrer.artifactType === artifactType)
}
