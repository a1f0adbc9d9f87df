import { tagToVersion, versionToTag } from '@chartroom/chart'
import { ChartroomError, hasCode } from '@chartroom/errors'
import { maxSatisfying, parseConstraint, parseStrictVersion, parseVersion } from '@chartroom/go'
import type { ReadTarget, Reference } from '@chartroom/oci'
import { formatReference, readAll } from '@chartroom/oci'
import type { Cache } from '@chartroom/store'
import type { ChartManifest } from '../artifact/read.ts'
import { readChartManifest } from '../artifact/read.ts'
import { concurrency, limits } from '../limits.ts'
import { pool } from '../pool.ts'
import type { ChartSource, FetchedArchive, ListedVersion, ResolvedChart } from './chart-source.ts'
import { sortVersions, versionNotFound } from './nearest.ts'

export interface OciSourceOptions {
  readonly reference: Reference
  readonly target: ReadTarget
  readonly cache?: Cache | undefined
}

/** The versions of one chart in an OCI repository. A digest in the reference always wins. */
export class OciSource implements ChartSource {
  readonly name: string
  readonly #reference: Reference
  readonly #target: ReadTarget
  readonly #cache: Cache | undefined
  readonly #where: string

  constructor({ reference, target, cache }: OciSourceOptions) {
    this.name = reference.repository.slice(reference.repository.lastIndexOf('/') + 1)
    this.#reference = reference
    this.#target = target
    this.#cache = cache
    this.#where = `oci://${reference.registry}/${reference.repository}`
  }

  async versions(): Promise<ListedVersion[]> {
    const newestFirst = sortVersions(await this.#tagsAsVersions())
    const found = await pool(newestFirst, concurrency, ({ original }) => this.#listed(versionToTag(original)))
    return found.filter((one) => one !== undefined)
  }

  /** The newest version that is a chart, and how many versions there are; undefined without any. */
  async newest(): Promise<{ listed: ListedVersion; count: number } | undefined> {
    const newestFirst = sortVersions(await this.#tagsAsVersions())
    for (const { original } of newestFirst) {
      const listed = await this.#listed(versionToTag(original))
      if (listed !== undefined) return { listed, count: newestFirst.length }
    }
    return undefined
  }

  async resolve(range?: string): Promise<ResolvedChart> {
    refuseContradiction(this.#reference, range)
    const tag = await this.#chooseTag(range)
    const manifest = await this.#read(tag)
    const version = versionOf(manifest, tag)
    return {
      name: this.name,
      version,
      reference: formatReference({ ...this.#reference, tag: versionToTag(version) }),
      manifestDigest: manifest.descriptor.digest,
      archive: (signal) => this.#archive(manifest, signal),
      provenance: () => this.#provenance(manifest),
    }
  }

  async #chooseTag(range: string | undefined): Promise<string> {
    const { digest, tag } = this.#reference
    if (digest !== undefined) return digest
    if (tag !== undefined) return tag
    if (range !== undefined && parseStrictVersion(range) !== undefined) return versionToTag(range)
    return this.#newestIn(range ?? '*')
  }

  async #newestIn(range: string): Promise<string> {
    const constraint = parseConstraint(range)
    const versions = await this.#tagsAsVersions()
    if (versions.includes(range)) return versionToTag(range)
    const best = maxSatisfying(constraint, sortVersions(versions))
    if (best !== undefined) return versionToTag(best.original)
    throw versionNotFound(this.#where, range, versions)
  }

  async #tagsAsVersions(): Promise<string[]> {
    const versions: string[] = []
    try {
      for await (const tag of this.#target.tags()) versions.push(tagToVersion(tag))
    } catch (error) {
      throw hasCode(error, 'NOT_FOUND', 'REPOSITORY_NOT_FOUND') ? this.#chartNotFound(error) : error
    }
    return versions
  }

  async #read(tag: string): Promise<ChartManifest> {
    try {
      return await readChartManifest(this.#target, tag)
    } catch (error) {
      if (hasCode(error, 'REPOSITORY_NOT_FOUND')) throw this.#chartNotFound(error)
      if (tag.includes(':') || !hasCode(error, 'NOT_FOUND', 'VERSION_NOT_FOUND')) throw error
      throw versionNotFound(this.#where, tagToVersion(tag), await this.#versionsIfShown())
    }
  }

  // The nearest versions are a courtesy: a registry that hides its tags must not hide the first error.
  async #versionsIfShown(): Promise<string[] | undefined> {
    try {
      return await this.#tagsAsVersions()
    } catch (error) {
      if (hasCode(error, 'FORBIDDEN', 'UNAUTHENTICATED', 'ANONYMOUS_REFUSED')) return undefined
      throw error
    }
  }

  #tooLarge(size: number): ChartroomError {
    return new ChartroomError('LIMIT_EXCEEDED', `${this.#where} has an archive of ${size} bytes`, {
      op: 'pull',
      origin: this.#reference.registry,
      hint: `A chart may have ${limits.archiveBytes} bytes: it holds something else, or is hostile.`,
    })
  }

  #chartNotFound(cause: unknown): ChartroomError {
    const above = this.#where.slice(0, this.#where.lastIndexOf('/'))
    return new ChartroomError('CHART_NOT_FOUND', `there is no chart ${this.#where}`, {
      op: 'resolve',
      origin: this.#reference.registry,
      cause,
      hint: `Check the path. chartroom charts ${above} lists what is there, where the registry allows it.`,
    })
  }

  async #archive({ content }: ChartManifest, signal?: AbortSignal): Promise<FetchedArchive> {
    const cached = await this.#cache?.get(content.digest)
    if (cached !== undefined) return { bytes: cached, fromCache: true }
    if (content.size > limits.archiveBytes) throw this.#tooLarge(content.size)
    const stream = await this.#target.fetch(content, signal === undefined ? {} : { signal })
    const bytes = await readAll(stream, limits.archiveBytes)
    await this.#cache?.put(content.digest, bytes)
    return { bytes, fromCache: false }
  }

  async #provenance({ provenance }: ChartManifest): Promise<Uint8Array | undefined> {
    if (provenance === undefined) return undefined
    return readAll(await this.#target.fetch(provenance), limits.provenanceBytes)
  }

  /** Undefined for what is no chart: images and signatures may share the repository. */
  async #listed(tag: string): Promise<ListedVersion | undefined> {
    try {
      const manifest = await readChartManifest(this.#target, tag)
      const config = await readAll(await this.#target.fetch(manifest.config), limits.configBytes)
      return {
        version: tagToVersion(tag),
        ...described(JSON.parse(new TextDecoder().decode(config))),
        digest: manifest.content.digest,
        manifestDigest: manifest.descriptor.digest,
        created: manifest.annotations['org.opencontainers.image.created'],
      }
    } catch (error) {
      if (hasCode(error, 'MANIFEST_INVALID')) return undefined
      throw error
    }
  }
}

function refuseContradiction(reference: Reference, range: string | undefined): void {
  if (range === undefined || reference.tag === undefined) return
  if (versionToTag(range) === reference.tag) return
  throw new ChartroomError('USAGE', `--version ${range} is not the tag ${reference.tag} of the reference`, {
    hint: 'Give one of the two.',
  })
}

function versionOf(manifest: ChartManifest, tag: string): string {
  const fromTag = tagToVersion(tag)
  if (parseVersion(fromTag) !== undefined) return fromTag
  return manifest.annotations['org.opencontainers.image.version'] ?? fromTag
}

function described(metadata: unknown): Pick<ListedVersion, 'appVersion' | 'description'> {
  if (typeof metadata !== 'object' || metadata === null) return {}
  return { appVersion: text(metadata, 'appVersion'), description: text(metadata, 'description') }
}

function text(from: object, key: string): string | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(from, key)?.value
  return typeof value === 'string' ? value : undefined
}
