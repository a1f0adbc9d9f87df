import { hasCode } from '@chartroom/errors'
import type { Digest, RemoteRepository } from '@chartroom/oci'
import { answerOf } from '@chartroom/oci'
import type { Provider, RegistryPlace } from '@chartroom/providers'
import type { Connections } from '../connection.ts'

/** Removes a tag and leaves its manifest to others: by the registry, or its vendor's interface where that has to. */
export function removeTag(connections: Connections, target: RemoteRepository, tag: string): Promise<void> {
  return remove(connections, target, {
    byRegistry: () => target.deleteTag(tag),
    byVendor: ({ retention }, place) => retention.deleteTag?.(connections.context, place, tag),
  })
}

/** Removes a manifest with all its tags, likewise. */
export function removeManifest(
  connections: Connections,
  target: RemoteRepository,
  digest: Digest,
): Promise<void> {
  return remove(connections, target, {
    byRegistry: () => target.deleteManifest(digest),
    byVendor: ({ retention }, place) => retention.deleteManifest?.(connections.context, place, digest),
  })
}

interface Ways {
  readonly byRegistry: () => Promise<void>
  /** Undefined where the vendor has no such interface. */
  readonly byVendor: (provider: Provider, place: RegistryPlace) => Promise<void> | undefined
}

async function remove(
  connections: Connections,
  { host, name }: RemoteRepository,
  { byRegistry, byVendor }: Ways,
): Promise<void> {
  const place = { ...connections.originOf(host), repository: name }
  const known = await connections.vendorOf(host)?.load()
  if (known?.retention.registryDeletes === false) return byVendor(known, place) ?? byRegistry()
  try {
    await byRegistry()
  } catch (error) {
    // 400 is how Artifact Registry refuses to remove what still has a tag.
    if (!hasCode(error, 'UNSUPPORTED') && answerOf(error)?.status !== 400) throw error
    // The vendor may be known by the answer that was a refusal.
    const provider = await connections.vendorOf(host)?.load()
    const removing = provider === undefined ? undefined : byVendor(provider, place)
    if (removing === undefined) throw error
    await removing
  }
}
