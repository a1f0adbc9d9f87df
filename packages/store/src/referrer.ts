import { readdir, readFile } from 'node:fs/promises'
import type { Descriptor, Digest, ReferrersFilter } from '@chartroom/oci'
import { isDigest } from '@chartroom/oci'
import type { RepositoryPaths } from './path.ts'
import { fileToDigest } from './path.ts'
import { unlessAbsent } from './system.ts'
import type { Writer } from './writer.ts'

interface ReferrersOptions {
  readonly paths: RepositoryPaths
  readonly writer: Writer
  /** An entry counts only while its manifest is there: it is written before and removed after it. */
  readonly hasManifest: (digest: Digest) => boolean
}

/** Who refers to what in one repository: a file for each pair, so that two writers never meet. */
export class Referrers {
  readonly #options: ReferrersOptions

  constructor(options: ReferrersOptions) {
    this.#options = options
  }

  async add(subject: Digest, descriptor: Descriptor): Promise<void> {
    const { paths, writer } = this.#options
    const path = paths.referrer(subject, descriptor.digest)
    await writer.replace('referrer', path, Buffer.from(JSON.stringify(descriptor)))
  }

  async remove(subject: Digest, digest: Digest): Promise<void> {
    const { paths, writer } = this.#options
    await writer.remove(paths.referrer(subject, digest))
  }

  /** By digest, beginning after `after`. */
  async *list(
    subject: Digest,
    { artifactType, after = '' }: ReferrersFilter & { after?: string | undefined } = {},
  ): AsyncIterable<Descriptor> {
    const { hasManifest, paths } = this.#options
    const files = (await unlessAbsent(readdir(paths.referrers(subject)))) ?? []
    for (const file of files.sort()) {
      const digest = fileToDigest(file)
      if (!isDigest(digest) || digest <= after || !hasManifest(digest)) continue
      const text = await unlessAbsent(readFile(paths.referrer(subject, digest), 'utf8'))
      if (text === undefined) continue
      const descriptor = JSON.parse(text) as Descriptor
      if (artifactType === undefined || descriptor.artifactType === artifactType) yield descriptor
    }
  }
}
