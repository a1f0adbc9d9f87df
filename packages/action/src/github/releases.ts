import * as v from 'valibot'
import { limits } from '../limits.ts'
import type { Asked } from './answer.ts'
import { apiError, saysAlreadyExists, shaped } from './answer.ts'
import type { ApiAnswer, ApiCall, GitHubApi } from './api.ts'

const asset = v.object({
  id: v.number(),
  name: v.string(),
  label: v.optional(v.nullable(v.string())),
  state: v.string(),
  size: v.number(),
  digest: v.optional(v.nullable(v.string())),
})

const release = v.object({
  id: v.number(),
  tag_name: v.string(),
  html_url: v.string(),
  upload_url: v.string(),
  body: v.optional(v.nullable(v.string())),
  draft: v.boolean(),
  immutable: v.optional(v.boolean(), false),
})

/** A file of a release (GitHub REST, release assets). */
export type Asset = v.InferOutput<typeof asset>

/** A release (GitHub REST, releases). */
export type Release = v.InferOutput<typeof release>

export interface ReleaseDraft {
  readonly tag: string
  readonly body: string
  readonly prerelease: boolean
}

/** `exists`: another run made it meanwhile. */
export type Raced<T> = T | 'exists'

/** The releases of one repository. Errors say what is to be permitted. */
export class Releases {
  readonly api: GitHubApi
  readonly repository: string

  constructor(api: GitHubApi, repository: string) {
    this.api = api
    this.repository = repository
  }

  async hasTag(tag: string): Promise<boolean> {
    const what = `look for the tag ${tag}`
    const answer = await this.#call('GET', ['git', 'ref', 'tags', ...tag.split('/')])
    if (answer.status === 404) return false
    this.#expect(answer, 200, what)
    return true
  }

  /** The published release of a tag, else the drafts for it. */
  async find(tag: string): Promise<{ published?: Release; drafts: readonly Release[] }> {
    const what = `look for the release ${tag}`
    const answer = await this.#call('GET', ['releases', 'tags', ...tag.split('/')])
    if (answer.status === 200) return { published: shaped(release, answer, this.#asked(what)), drafts: [] }
    if (answer.status !== 404) throw apiError(answer, this.#asked(what))
    return { drafts: await this.#drafts(tag) }
  }

  async create({ tag, body, prerelease }: ReleaseDraft): Promise<Raced<Release>> {
    const json = { tag_name: tag, name: tag, body, prerelease, draft: true, make_latest: 'legacy' }
    const answer = await this.#call('POST', ['releases'], { json })
    if (saysAlreadyExists(answer)) return 'exists'
    return shaped(release, this.#expect(answer, 201, `create the release ${tag}`), this.#asked('create'))
  }

  async update(id: number, json: Readonly<Record<string, unknown>>): Promise<Raced<Release>> {
    const answer = await this.#call('PATCH', ['releases', String(id)], { json })
    if (saysAlreadyExists(answer)) return 'exists'
    return shaped(release, this.#expect(answer, 200, 'change the release'), this.#asked('change'))
  }

  /** Also where it is gone already. */
  async remove(id: number): Promise<void> {
    const answer = await this.#call('DELETE', ['releases', String(id)])
    if (answer.status !== 404) this.#expect(answer, 204, 'remove the draft')
  }

  async assets(id: number): Promise<Asset[]> {
    const what = 'list the files of the release'
    return this.#pages(asset, ['releases', String(id), 'assets'], what)
  }

  async removeAsset(id: number): Promise<void> {
    const answer = await this.#call('DELETE', ['releases', 'assets', String(id)])
    if (answer.status !== 404) this.#expect(answer, 204, 'remove a file that was half uploaded')
  }

  /** The bytes of an asset, for servers that tell no digest. */
  async download(id: number): Promise<Uint8Array> {
    const accept = 'application/octet-stream'
    const answer = await this.#call('GET', ['releases', 'assets', String(id)], { accept })
    return this.#expect(answer, 200, 'give a file of the release').bytes
  }

  /** Without another try: what became of a failed one shows the list of assets. */
  async upload(to: Release, name: string, bytes: Uint8Array): Promise<Raced<Asset>> {
    const url = this.api.uploadUrl(to.upload_url)
    const type = name.endsWith('.prov') ? 'text/plain' : 'application/gzip'
    const answer = await this.api.call({ method: 'POST', to: url, query: { name }, file: { bytes, type } })
    if (saysAlreadyExists(answer)) return 'exists'
    const what = `take the file ${name}`
    return shaped(asset, this.#expect(answer, 201, what), this.#asked(what))
  }

  async #drafts(tag: string): Promise<Release[]> {
    const all = await this.#pages(release, ['releases'], 'list releases')
    return all.filter((one) => one.draft && one.tag_name === tag)
  }

  async #pages<T extends v.GenericSchema>(
    schema: T,
    path: readonly string[],
    what: string,
  ): Promise<v.InferOutput<T>[]> {
    const found: v.InferOutput<T>[] = []
    for (let page = 1; page <= limits.releasePages; page++) {
      const query = { per_page: '100', page: String(page) }
      const answer = this.#expect(await this.#call('GET', path, { query }), 200, what)
      const entries = shaped(v.array(schema), answer, this.#asked(what))
      found.push(...entries)
      if (entries.length < 100) break
    }
    return found
  }

  #call(
    method: ApiCall['method'],
    path: readonly string[],
    rest: Omit<ApiCall, 'method' | 'to'> = {},
  ): Promise<ApiAnswer> {
    return this.api.call({ method, to: ['repos', ...this.repository.split('/'), ...path], ...rest })
  }

  #expect(answer: ApiAnswer, status: number, what: string): ApiAnswer {
    if (answer.status === status) return answer
    throw apiError(answer, this.#asked(what))
  }

  #asked(what: string): Asked {
    return { what, host: this.api.url.host, repository: this.repository }
  }
}
