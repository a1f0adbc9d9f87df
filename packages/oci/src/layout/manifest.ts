import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Descriptor, Digest } from '../descriptor.ts'
import { isDigest } from '../digest.ts'
import { limits } from '../limits.ts'
import { readAll } from '../stream.ts'
import type { Content } from '../target.ts'
import { fetchBlob, pushBlob } from './blob.ts'
import type { Layout } from './index-file.ts'
import { absent, changeIndex, readIndex, refName } from './index-file.ts'

export async function resolveManifest(layout: Layout, reference: string): Promise<Descriptor> {
  const entries = await readIndex(layout)
  const found = isDigest(reference)
    ? entries.find(({ digest }) => digest === reference)
    : entries.find(({ annotations }) => annotations?.[refName] === reference)
  if (found === undefined) throw absent(reference, layout)
  return plain(found)
}

export async function readManifestBytes(layout: Layout, descriptor: Descriptor): Promise<Uint8Array> {
  return readAll(await fetchBlob(layout, descriptor), limits.manifestBytes)
}

/** Stores a manifest and lists it, without a tag. */
export async function pushManifest(layout: Layout, descriptor: Descriptor, content: Content): Promise<void> {
  await pushBlob(layout, descriptor, content)
  await changeIndex(layout, (entries) =>
    entries.some(({ digest }) => digest === descriptor.digest) ? entries : [...entries, plain(descriptor)],
  )
}

export async function deleteManifest(layout: Layout, digest: Digest): Promise<void> {
  const entries = await readIndex(layout)
  if (!entries.some((entry) => entry.digest === digest)) throw absent(digest, layout)
  await changeIndex(layout, (all) => all.filter((entry) => entry.digest !== digest))
  await rm(join(layout.dir, 'blobs', ...digest.split(':')), { force: true })
}

/** Without what an entry of an index says besides. */
export function plain({ mediaType, digest, size }: Descriptor): Descriptor {
  return { mediaType, digest, size }
}
