import { limits } from './limits.ts'
import { readAll } from './stream.ts'
import type { FetchedManifest, FetchOptions, ManifestFetcher, ReadTarget } from './target.ts'

/** The manifest behind a tag or digest, verified; in one request where the target can. */
export async function fetchManifest(
  target: ReadTarget | (ReadTarget & ManifestFetcher),
  reference: string,
  options: FetchOptions = {},
): Promise<FetchedManifest> {
  if ('fetchManifest' in target) return target.fetchManifest(reference, options)
  const descriptor = await target.resolve(reference)
  return { descriptor, bytes: await readAll(await target.fetch(descriptor, options), limits.manifestBytes) }
}
