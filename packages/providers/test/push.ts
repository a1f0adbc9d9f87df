import type { Descriptor } from '@chartroom/oci'
import {
  contentOf,
  digestOf,
  emptyConfig,
  emptyConfigBytes,
  manifestOf,
  mediaTypes,
  openRegistry,
} from '@chartroom/oci'
import type { ProviderContext, RegistryPlace } from '../src/index.ts'

/** Pushes a manifest that is like no other, under tags. */
export async function pushTo(
  { transport, credentials }: ProviderContext,
  { host, repository }: RegistryPlace,
  tags: readonly string[],
): Promise<Descriptor> {
  const target = openRegistry({ host, transport, credentials }).repository(repository, { push: true })
  const bytes = new TextEncoder().encode(`${repository} ${tags.join(' ')}`)
  const layer = { mediaType: mediaTypes.octets, digest: digestOf(bytes), size: bytes.length }
  await target.push(layer, contentOf(bytes))
  await target.push(emptyConfig, contentOf(emptyConfigBytes()))
  const manifest = manifestOf({ artifactType: 'application/vnd.test', layers: [layer] })
  const descriptor = { mediaType: mediaTypes.ociManifest, digest: digestOf(manifest), size: manifest.length }
  for (const tag of tags) await target.tag(descriptor, tag, contentOf(manifest))
  return descriptor
}
