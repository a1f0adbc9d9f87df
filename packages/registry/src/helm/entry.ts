import { chartMediaTypes, metadataMap, readMetadata, versionToTag } from '@chartroom/chart'
import { hasCode } from '@chartroom/errors'
import { formatRfc3339, parseRfc3339 } from '@chartroom/go'
import type { Descriptor, Digest, ImageManifest } from '@chartroom/oci'
import { parseManifest } from '@chartroom/oci'
import type { IndexEntry } from '@chartroom/repository'
import type { StoreRepository } from '@chartroom/store'
import { limits } from '../limits.ts'

/** One chart version of a namespace. */
export interface ChartEntry {
  /** As the index lists it; its address, relative to the index, is the file's name. */
  readonly listed: IndexEntry
  /** `<name>-<version>.tgz` */
  readonly file: string
  readonly content: Digest
  readonly provenance: Digest | undefined
}

/**
 * What a tag is in a classic repository; undefined where it is no chart, or one under a foreign name: an alias such as
 * `latest`, or a chart that was copied to a repository called otherwise. Metadata that Helm would not load is left out
 * too, because one such entry makes Helm refuse the whole index.
 */
export async function readEntry(
  repository: StoreRepository,
  tag: string,
  found: Descriptor,
): Promise<ChartEntry | undefined> {
  try {
    const manifest = parseManifest(await repository.readManifest(found.digest), found.mediaType)
    if ('manifests' in manifest || manifest.config.mediaType !== chartMediaTypes.config) return undefined
    if ((repository.blobSize(manifest.config.digest) ?? 0) > limits.configBytes) return undefined
    const config = await repository.readBlob(manifest.config.digest)
    return config === undefined
      ? undefined
      : entryOf({ repository, tag, digest: found.digest, manifest, config })
  } catch (error) {
    if (hasCode(error, 'CHART_INVALID', 'LIMIT_EXCEEDED', 'MANIFEST_INVALID', 'NOT_FOUND', 'YAML_INVALID')) {
      return undefined
    }
    throw error
  }
}

interface Found {
  readonly repository: StoreRepository
  readonly tag: string
  readonly digest: Digest
  readonly manifest: ImageManifest
  readonly config: Uint8Array
}

function entryOf({ repository, tag, digest, manifest, config }: Found): ChartEntry | undefined {
  const metadata = readMetadata(new TextDecoder().decode(config))
  const { name, version } = metadata
  const content = manifest.layers.find(({ mediaType }) => contentTypes.includes(mediaType))
  if (name !== lastPart(repository.name) || versionToTag(version) !== tag || content === undefined)
    return undefined
  const file = `${name}-${version}.tgz`
  const listed: IndexEntry = {
    name,
    version,
    urls: [file],
    created: createdOf(manifest) ?? formatRfc3339(repository.pushTime(digest) ?? new Date(0)),
    // A classic repository knows sha256 only, without its name.
    digest: content.digest.startsWith('sha256:') ? content.digest.slice('sha256:'.length) : undefined,
    metadata: metadataMap(metadata),
  }
  const provenance = manifest.layers.find(({ mediaType }) => mediaType === chartMediaTypes.provenance)?.digest
  return { listed, file, content: content.digest, provenance }
}

/** A repository's own name, which is also its chart's. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

const contentTypes: readonly string[] = [chartMediaTypes.content, chartMediaTypes.legacyContent]

function createdOf({ annotations }: ImageManifest): string | undefined {
  const created = annotations?.['org.opencontainers.image.created']
  return created !== undefined && parseRfc3339(created) !== undefined ? created : undefined
}
