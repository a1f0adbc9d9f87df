import { ChartroomError, redactUrl } from '@chartroom/errors'
import type { Credential, Response, Transport } from '@chartroom/oci'
import { digestOf, readAll } from '@chartroom/oci'
import type { Index, IndexEntry } from './index-model.ts'
import { limits } from './limits.ts'
import { parseIndex } from './parse-index.ts'

export interface RepositoryOptions {
  /** Where `index.yaml` lies; a query (a SAS token) goes along with every request to it. */
  readonly url: string
  readonly transport: Transport
  readonly credential?: Extract<Credential, { kind: 'basic' }> | undefined
  /** Send the credential to other origins named in the index too. */
  readonly passCredentials?: boolean | undefined
}

export interface FetchedIndex {
  /** Undefined when the ETag still holds. */
  readonly text: string | undefined
  readonly etag: string | undefined
}

/** A classic repository behind HTTP. Credentials go to its own origin alone, unless told otherwise. */
export class Repository {
  readonly url: string
  readonly #base: URL
  readonly #options: RepositoryOptions

  constructor(options: RepositoryOptions) {
    this.url = options.url
    this.#base = baseOf(options.url)
    this.#options = options
  }

  async index(): Promise<Index> {
    const { text } = await this.fetchIndex()
    return parseIndex(text ?? '')
  }

  /** The index as it is sent; `etag` is that of the copy at hand. */
  async fetchIndex(etag?: string): Promise<FetchedIndex> {
    const url = this.#resolve('index.yaml')
    const headers = etag === undefined ? {} : { 'if-none-match': etag }
    const response = await this.#get(url, headers)
    if (response.status === 304) return { text: undefined, etag }
    if (response.status !== 200) throw this.#notARepository(response)
    const bytes = await readAll(response.body, limits.indexBytes)
    return { text: new TextDecoder().decode(bytes), etag: response.headers.etag }
  }

  /** The archive of an entry, checked against the digest in the index. */
  async archive(entry: IndexEntry): Promise<Uint8Array> {
    const response = await this.#get(this.#urlOf(entry), {
      accept: 'application/gzip,application/octet-stream',
    })
    if (response.status !== 200) throw failed(response)
    const bytes = await readAll(response.body, limits.archiveBytes)
    const wanted = entry.digest?.replace(/^sha256:/, '')
    if (wanted !== undefined && digestOf(bytes) !== `sha256:${wanted}`) {
      throw new ChartroomError(
        'DIGEST_MISMATCH',
        `${redactUrl(response.url)} is not what the index says: ${wanted}`,
        {
          hint: 'The file was replaced without a new index: tell who runs the repository.',
        },
      )
    }
    return bytes
  }

  /** Undefined when the repository has none. */
  async provenance(entry: IndexEntry): Promise<Uint8Array | undefined> {
    const url = this.#urlOf(entry)
    url.pathname += '.prov'
    const response = await this.#get(url, {})
    if (response.status === 404) return undefined
    if (response.status !== 200) throw failed(response)
    return readAll(response.body, limits.provenanceBytes)
  }

  #urlOf({ name, version, urls }: IndexEntry): URL {
    const [url] = urls
    if (url === undefined)
      throw new ChartroomError('INDEX_INVALID', `the index gives no address for ${name} ${version}`)
    return this.#resolve(url)
  }

  #resolve(path: string): URL {
    const url = new URL(path, this.#base)
    if (url.origin === this.#base.origin && url.search === '') url.search = new URL(this.url).search
    return url
  }

  async #get(start: URL, headers: Record<string, string>): Promise<Response> {
    let url = start
    for (let hop = 0; hop < 10; hop++) {
      const response = await this.#options.transport.request({
        method: 'GET',
        url,
        headers: { ...headers, 'accept-encoding': 'identity', ...this.#authorization(url) },
      })
      const { location } = response.headers
      if (![301, 302, 303, 307, 308].includes(response.status) || location === undefined) return response
      const next = new URL(location, url)
      if (url.protocol === 'https:' && next.protocol !== 'https:') {
        throw new ChartroomError(
          'CREDENTIAL_LEAK_REFUSED',
          `${url.host} redirects from https to ${next.origin}`,
        )
      }
      url = next
    }
    throw new ChartroomError('SERVER_ERROR', `${start.host} redirects without end`)
  }

  #authorization(url: URL): Record<string, string> {
    const { credential, passCredentials } = this.#options
    if (credential === undefined || (url.origin !== this.#base.origin && passCredentials !== true)) return {}
    const text = `${credential.username}:${credential.password.reveal()}`
    return { authorization: `Basic ${Buffer.from(text).toString('base64')}` }
  }

  #notARepository(response: Response): ChartroomError {
    if (response.status === 401 || response.status === 403) return failed(response)
    const message = `${redactUrl(this.url)} is not a Helm repository: index.yaml answered ${response.status}`
    return new ChartroomError('REPOSITORY_NOT_FOUND', message, {
      hint: 'Check the address: index.yaml lies right below it.',
    })
  }
}

function baseOf(url: string): URL {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new ChartroomError('USAGE', `${url} is not the address of a classic repository`, {
      hint: 'Write https://HOST/PATH.',
    })
  }
  const base = new URL(url)
  base.search = ''
  base.username = ''
  base.password = ''
  if (!base.pathname.endsWith('/')) base.pathname += '/'
  return base
}

function failed({ status, url }: Response): ChartroomError {
  const code =
    status === 401
      ? 'UNAUTHENTICATED'
      : status === 403
        ? 'FORBIDDEN'
        : status === 404
          ? 'NOT_FOUND'
          : 'SERVER_ERROR'
  return new ChartroomError(code, `${redactUrl(url)} answered ${status}`, { origin: url.host })
}
