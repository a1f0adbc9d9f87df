/** A file of a release, as the server keeps it (GitHub REST, release assets). */
export interface StoredAsset {
  readonly id: number
  name: string
  label: string | null
  /** `starter` while its bytes are not all there. */
  state: 'uploaded' | 'starter'
  contentType: string
  bytes: Uint8Array
}

/** A release, as the server keeps it (GitHub REST, releases). */
export interface StoredRelease {
  readonly id: number
  tag: string
  target: string
  name: string | null
  body: string | null
  draft: boolean
  prerelease: boolean
  /** Published under the setting that closes releases to changes. */
  immutable: boolean
  makeLatest: string
  readonly assets: StoredAsset[]
}

/** The releases and tags of one repository. */
export class ReleaseStore {
  readonly releases: StoredRelease[] = []
  /** Git tags by name, and the commits they are on. */
  readonly tags: Map<string, string>
  #lastId = 1000

  constructor(tags: readonly string[]) {
    this.tags = new Map(tags.map((tag) => [tag, '4b825dc642cb6eb9a060e54bf8d69288fbee4904']))
  }

  /** Drafts have no tag that they could be found by. */
  published(tag: string): StoredRelease | undefined {
    return this.releases.find((release) => release.tag === tag && !release.draft)
  }

  create(tag: string, rest: Partial<Omit<StoredRelease, 'id' | 'tag' | 'assets'>> = {}): StoredRelease {
    const release: StoredRelease = {
      id: this.nextId(),
      tag,
      target: 'main',
      name: null,
      body: null,
      draft: false,
      prerelease: false,
      immutable: false,
      makeLatest: 'true',
      assets: [],
      ...rest,
    }
    this.releases.unshift(release)
    return release
  }

  addAsset(
    release: StoredRelease,
    name: string,
    rest: Partial<Omit<StoredAsset, 'id' | 'name'>> = {},
  ): StoredAsset {
    const asset: StoredAsset = {
      id: this.nextId(),
      name,
      label: null,
      state: 'uploaded',
      contentType: 'application/octet-stream',
      bytes: new Uint8Array(),
      ...rest,
    }
    release.assets.push(asset)
    return asset
  }

  remove(release: StoredRelease): void {
    this.releases.splice(this.releases.indexOf(release), 1)
  }

  nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }
}
