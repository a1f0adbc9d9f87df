import type { Descriptor } from '../descriptor.ts'
import { parseManifest, referrerDescriptor } from '../manifest.ts'
import { isManifestType } from '../media-type.ts'
import type { ReferrersFilter } from '../target.ts'
import type { Layout } from './index-file.ts'
import { readIndex } from './index-file.ts'
import { plain, readManifestBytes } from './manifest.ts'

/** Reads every manifest once: a layout keeps no list of referrers. */
export async function* listReferrers(
  layout: Layout,
  subject: Descriptor,
  { artifactType }: ReferrersFilter = {},
): AsyncGenerator<Descriptor> {
  const entries = new Map((await readIndex(layout)).map((entry) => [entry.digest, plain(entry)]))
  for (const entry of entries.values()) {
    if (!isManifestType(entry.mediaType)) continue
    if (layout.subjects.has(entry.digest) && layout.subjects.get(entry.digest) !== subject.digest) continue
    const manifest = parseManifest(await readManifestBytes(layout, entry), entry.mediaType)
    layout.subjects.set(entry.digest, manifest.subject?.digest)
    if (manifest.subject?.digest !== subject.digest) continue
    const referrer = referrerDescriptor(entry, manifest)
    if (artifactType === undefined || referrer.artifactType === artifactType) yield referrer
  }
}
