/** One manifest that a registry holds, as its management interface tells of it. */
export interface Entry {
  readonly id: number
  readonly repository: string
  readonly digest: string
  /** Of the manifest itself. */
  readonly size: number
  /** With its config and layers. */
  readonly totalSize: number
  readonly mediaType: string
  /** Its artifact type, else the type of its config. */
  readonly artifactType: string
  readonly subject: string | undefined
  /** In order of arrival. */
  readonly tags: string[]
  /** Milliseconds since the epoch. */
  readonly pushedAt: number
}

export interface Pushed {
  readonly repository: string
  readonly digest: string
  readonly tags: readonly string[]
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** What was pushed to a registry, in order: what the distribution protocol does not tell. */
export class Ledger {
  readonly #entries: Entry[] = []
  #nextId = 4711

  repositories(): string[] {
    return [...new Set(this.#entries.map(({ repository }) => repository))].sort()
  }

  entries(repository: string): readonly Entry[] {
    return this.#entries.filter((entry) => entry.repository === repository)
  }

  /** By tag or digest. */
  find(repository: string, reference: string): Entry | undefined {
    return this.entries(repository).find(
      ({ digest, tags }) => digest === reference || tags.includes(reference),
    )
  }

  /** Oldest first. */
  tags(repository: string): string[] {
    return this.entries(repository).flatMap(({ tags }) => tags)
  }

  push({ repository, digest, tags, mediaType, bytes }: Pushed): void {
    for (const tag of tags) this.untag(repository, tag)
    const entry = this.find(repository, digest) ?? this.#add({ repository, digest, tags, mediaType, bytes })
    entry.tags.push(...tags.filter((tag) => !entry.tags.includes(tag)))
  }

  untag(repository: string, tag: string): void {
    for (const { tags } of this.entries(repository)) {
      const at = tags.indexOf(tag)
      if (at >= 0) tags.splice(at, 1)
    }
  }

  remove(repository: string, digest: string): void {
    const at = this.#entries.findIndex((one) => one.repository === repository && one.digest === digest)
    if (at >= 0) this.#entries.splice(at, 1)
  }

  #add({ repository, digest, mediaType, bytes }: Pushed): Entry {
    const manifest = JSON.parse(Buffer.from(bytes).toString('utf8')) as Manifest
    const parts = [manifest.config, ...(manifest.layers ?? [])]
    const entry: Entry = {
      id: this.#nextId++,
      repository,
      digest,
      size: bytes.length,
      totalSize: parts.reduce((sum, part) => sum + (part?.size ?? 0), bytes.length),
      mediaType,
      artifactType: manifest.artifactType ?? manifest.config?.mediaType ?? '',
      subject: manifest.subject?.digest,
      tags: [],
      pushedAt: Date.now(),
    }
    this.#entries.push(entry)
    return entry
  }
}

interface Manifest {
  readonly artifactType?: string
  readonly config?: { readonly mediaType: string; readonly size: number }
  readonly layers?: readonly { readonly size: number }[]
  readonly subject?: { readonly digest: string }
}
