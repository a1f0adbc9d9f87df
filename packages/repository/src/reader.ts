import { ChartroomError, redactUrl, Secret } from '@chartroom/errors'
import type { Credential, Response, Transport } from '@chartroom/oci'
import { digestOf, discard, followRedirects, readAll } from '@chartroom/oci'
import { answerError } from './answer-error.ts'
import { indexBody } from './index-body.ts'
import type { Index, IndexEntry } from './index-model.ts'
import { limits } from './limits.ts'
import { parseIndex } from './parse-index.ts'

export interface RepositoryOptions {
  /** Where `index.yaml` lies; a query (a SAS token) goes along with every request to it. */
  readonly url: string
  readonly transport: Transport
  /** Default: user and password in the URL. */
  readonly credential?: Pick<BasicCredential, 'username' | 'password'> | undefined
  /** Send the credential to other origins named in the index too; where those redirect to, it is not sent. */
  readonly passCredentials?: boolean | undefined
}

type BasicCredential = Extract<Credential, { kind: 'basic' }>

export interface FetchedIndex {
  /** Undefined when the ETag still holds. */
  readonly text: string | undefined
  readonly etag: string | undefined
}

/** A classic repository behind HTTP. Credentials go to its own origin alone, unless told otherwise. */
export class Repository {
  readonly url: string
  /** With a path that ends in a slash, without query and login. */
  readonly #base: URL
  readonly #search: string
  readonly #authorization: string | undefined
  readonly #options: RepositoryOptions

  /** Throws `USAGE`. */
  constructor(options: RepositoryOptions) {
    const { username, password, ...base } = addressOf(options.url)
    const credential = options.credential ?? (username === '' ? undefined : { username, password })
    this.url = options.url
    this.#base = base.url
    this.#search = base.search
    this.#authorization = credential && authorizationOf(credential)
    this.#options = options
  }

  async index(): Promise<Index> {
    const { text } = await this.fetchIndex()
    return parseIndex(text ?? '')
  }

  /** The index as it is sent; `etag` is that of the copy at hand. */
  async fetchIndex(etag?: string): Promise<FetchedIndex> {
    const headers = { 'accept-encoding': 'gzip', ...(etag === undefined ? {} : { 'if-none-match': etag }) }
    const response = await this.#get(this.#resolve('index.yaml'), headers)
    if (response.status === 304 && etag !== undefined) {
      discard(response.body)
      return { text: undefined, etag }
    }
    if (response.status !== 200) throw this.#notARepository(response)
    return { text: await indexBody(response, limits.indexBytes), etag: response.headers.etag }
  }

  /** The archive of an entry, checked against the digest in the index. */
  async archive(entry: IndexEntry): Promise<Uint8Array> {
    const response = await this.#get(this.#urlOf(entry), archiveHeaders)
    if (response.status !== 200) throw this.#failed(response)
    const bytes = await readAll(response.body, limits.archiveBytes)
    const wanted = entry.digest?.replace(/^sha256:/, '').toLowerCase()
    if (wanted === undefined || digestOf(bytes) === `sha256:${wanted}`) return bytes
    throw new ChartroomError(
      'DIGEST_MISMATCH',
      `${redactUrl(response.url)} is not what the index says: ${wanted}`,
      {
        origin: response.url.host,
        hint: 'The file was replaced without a new index: tell who runs the repository.',
      },
    )
  }

  /** Undefined when the repository has none. */
  async provenance(entry: IndexEntry): Promise<Uint8Array | undefined> {
    const url = this.#urlOf(entry)
    url.pathname += '.prov'
    const response = await this.#get(url, archiveHeaders)
    if (response.status === 404) {
      discard(response.body)
      return undefined
    }
    if (response.status !== 200) throw this.#failed(response)
    return readAll(response.body, limits.provenanceBytes)
  }

  #urlOf({ name, version, urls }: IndexEntry): URL {
    const [url] = urls
    if (url !== undefined && URL.canParse(url, this.#base.href)) return this.#resolve(url)
    const what = url === undefined ? 'no address' : `an address that is none, ${url.slice(0, 200)},`
    throw new ChartroomError('INDEX_INVALID', `the index gives ${what} for ${name} ${version}`, {
      origin: this.#base.host,
      hint: 'Take another version, or tell who runs the repository.',
    })
  }

  #resolve(path: string): URL {
    const url = new URL(path, this.#base)
    if (!/^https?:$/.test(url.protocol)) throw notHttp(url)
    url.username = ''
    url.password = ''
    url.hash = ''
    if (url.origin === this.#base.origin && url.search === '') url.search = this.#search
    return url
  }

  #get(url: URL, headers: Record<string, string>): Promise<Response> {
    const { transport, passCredentials } = this.#options
    const isDowngrade = this.#base.protocol === 'https:' && url.protocol !== 'https:'
    return followRedirects(
      transport,
      { method: 'GET', url, headers },
      {
        home: passCredentials === true && !isDowngrade ? url : this.#base,
        authorization: this.#authorization,
      },
    )
  }

  #failed(response: Response): ChartroomError {
    return answerError(response, this.#authorization !== undefined)
  }

  #notARepository(response: Response): ChartroomError {
    if (response.status !== 404 && response.status !== 410) return this.#failed(response)
    discard(response.body)
    const message = `${redactUrl(this.url)} is not a Helm repository: index.yaml answered ${response.status}`
    return new ChartroomError('REPOSITORY_NOT_FOUND', message, {
      origin: this.#base.host,
      hint: 'Check the address: index.yaml lies right below it.',
    })
  }
}

// As they are: the digest is that of the packed archive.
const archiveHeaders = {
  accept: 'application/gzip,application/octet-stream',
  'accept-encoding': 'identity',
} as const

interface Address {
  readonly url: URL
  readonly search: string
  readonly username: string
  readonly password: Secret
}

function addressOf(text: string): Address {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const login = url && decoded([url.username, url.password])
  if (url === undefined || login === undefined || !/^https?:$/.test(url.protocol)) {
    throw new ChartroomError('USAGE', `${redactUrl(text)} is not the address of a classic repository`, {
      hint: 'Write https://HOST/PATH.',
    })
  }
  const { search } = url
  url.search = ''
  url.hash = ''
  url.username = ''
  url.password = ''
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  const [username = '', password = ''] = login
  return { url, search, username, password: new Secret(password) }
}

/** Undefined for a percent sign that encodes nothing. */
function decoded(parts: readonly string[]): string[] | undefined {
  try {
    return parts.map((part) => decodeURIComponent(part))
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

function authorizationOf({ username, password }: Pick<BasicCredential, 'username' | 'password'>): string {
  return `Basic ${Buffer.from(`${username}:${password.reveal()}`).toString('base64')}`
}

function notHttp(url: URL): ChartroomError {
  const isRegistry = url.protocol === 'oci:'
  return new ChartroomError('UNSUPPORTED', `the index points to ${redactUrl(url)}, which is not HTTP`, {
    hint: isRegistry
      ? `Take it from the registry itself: chartroom pull ${redactUrl(url)}.`
      : 'Take another version, or tell who runs the repository.',
  })
}
