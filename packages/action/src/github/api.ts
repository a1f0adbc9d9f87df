import { setTimeout as sleep } from 'node:timers/promises'
import type { Secret } from '@chartroom/errors'
import { ChartroomError, hasCode, redactUrl } from '@chartroom/errors'
import type { Request, Response, Transport } from '@chartroom/oci'
import { contentOf, discard, followRedirects, readAll } from '@chartroom/oci'
import { limits } from '../limits.ts'
import { rateLimitWait } from './rate-limit.ts'

export interface GitHubApiOptions {
  readonly transport: Transport
  /** `GITHUB_API_URL`. */
  readonly url: URL
  readonly token: Secret
  readonly signal?: AbortSignal | undefined
  /** Told of waits that a reader of the log would wonder about. */
  readonly onWait?: ((reason: string) => void) | undefined
  /** Milliseconds pass; the default waits that long. */
  readonly wait?: ((milliseconds: number) => Promise<void>) | undefined
}

export interface ApiCall {
  readonly method: 'DELETE' | 'GET' | 'PATCH' | 'POST'
  /** Segments below the interface's address, or a whole address at {@link GitHubApi.uploadUrl}. */
  readonly to: readonly string[] | URL
  readonly query?: Readonly<Record<string, string>> | undefined
  readonly json?: unknown
  readonly file?: { readonly bytes: Uint8Array; readonly type: string } | undefined
  readonly accept?: string | undefined
}

export interface ApiAnswer {
  readonly status: number
  readonly bytes: Uint8Array
  /** Undefined where it is no JSON. */
  readonly body: unknown
}

/**
 * The REST interface of GitHub. The token is sent to its origin and to where it takes uploads, and nowhere that an
 * answer points to. Rate limits are waited for; failures of the server are tried again, but for `POST`, which its
 * caller must look after. Throws `RATE_LIMITED`, `NETWORK`, `TIMEOUT`, `ABORTED`; any other status is an answer.
 */
export class GitHubApi {
  readonly url: URL
  readonly #options: GitHubApiOptions

  constructor(options: GitHubApiOptions) {
    this.url = options.url
    this.#options = options
  }

  async call(call: ApiCall): Promise<ApiAnswer> {
    const url = this.#urlOf(call)
    for (let attempt = 1; ; attempt++) {
      const response = await this.#try(call, url, attempt)
      if (response === undefined) continue
      const answer = await answerOf(response)
      const wait = rateLimitWait(response, answer.body, Date.now())
      if (wait !== undefined) {
        await this.#waitForLimit(wait, { attempt, url })
        continue
      }
      if (response.status < 500 || call.method === 'POST' || attempt >= limits.attempts) return answer
      await this.pause(attempt)
    }
  }

  /** Waits before another try. */
  async pause(attempt: number): Promise<void> {
    await this.#wait(limits.firstWait * 2 ** (attempt - 1))
  }

  /** The address of `upload_url`, with the template's end taken off. Throws `CREDENTIAL_LEAK_REFUSED`. */
  uploadUrl(template: string): URL {
    const text = template.replace(/\{[^}]*\}$/, '')
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (url !== undefined && this.#takesUploads(url)) return url
    throw new ChartroomError(
      'CREDENTIAL_LEAK_REFUSED',
      `${this.url.host} wants files sent to ${redactUrl(text)}`,
      {
        origin: this.url.host,
        hint: 'That is no address of the same GitHub: the token and the files were not sent. Check GITHUB_API_URL.',
      },
    )
  }

  // `uploads.github.com` for `api.github.com`; an Enterprise Server takes them at its own origin.
  #takesUploads(url: URL): boolean {
    if (url.origin === this.url.origin) return true
    const name = this.url.hostname.replace(/^api\./, '')
    return url.protocol === 'https:' && url.port === this.url.port && url.hostname === `uploads.${name}`
  }

  /** Undefined where another try is to follow. */
  async #try(call: ApiCall, url: URL, attempt: number): Promise<Response | undefined> {
    const { transport, token } = this.#options
    try {
      const authorization = `Bearer ${token.reveal()}`
      return await followRedirects(transport, this.#requestOf(call, url), { home: url, authorization })
    } catch (error) {
      const mayRepeat = call.method !== 'POST' && attempt < limits.attempts
      if (!mayRepeat || !hasCode(error, 'NETWORK', 'TIMEOUT')) throw error
      await this.pause(attempt)
      return undefined
    }
  }

  #requestOf(call: ApiCall, url: URL): Request {
    const { file, json, accept = 'application/vnd.github+json', method } = call
    const bytes =
      file?.bytes ?? (json === undefined ? undefined : new TextEncoder().encode(JSON.stringify(json)))
    const { signal } = this.#options
    return {
      method,
      url,
      headers: {
        accept,
        'x-github-api-version': '2022-11-28',
        ...(bytes === undefined ? {} : { 'content-type': file?.type ?? 'application/json' }),
      },
      ...(bytes === undefined ? {} : { body: contentOf(bytes), bodySize: bytes.length }),
      ...(signal === undefined ? {} : { signal }),
      retry: false,
    }
  }

  #urlOf({ to, query = {} }: ApiCall): URL {
    const url = to instanceof URL ? new URL(to) : new URL(this.url)
    if (!(to instanceof URL)) {
      requireNames(to)
      url.pathname = `${this.url.pathname.replace(/\/+$/, '')}/${to.map(encodeURIComponent).join('/')}`
    }
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url
  }

  async #waitForLimit(wait: number, { attempt, url }: { attempt: number; url: URL }): Promise<void> {
    const seconds = Math.ceil(wait / 1000)
    if (wait > limits.longestWait || attempt >= limits.attempts) {
      throw new ChartroomError('RATE_LIMITED', `${url.host} takes no more requests for ${seconds} s`, {
        origin: url.host,
        hint: 'Run the job again later: what is there already is not sent again. A token of its own has a limit of its own.',
      })
    }
    this.#options.onWait?.(`${url.host} takes no more requests for ${seconds} s: waiting`)
    await this.#wait(wait)
  }

  #wait(milliseconds: number): Promise<void> {
    const { wait, signal } = this.#options
    if (wait !== undefined) return wait(milliseconds)
    return sleep(milliseconds, undefined, signal === undefined ? {} : { signal })
  }
}

/** Dots alone would lead to another part of the interface. */
function requireNames(segments: readonly string[]): void {
  const wrong = segments.find((segment) => /^\.{0,2}$/.test(segment))
  if (wrong === undefined) return
  throw new ChartroomError('USAGE', `${segments.join('/')} has a part that is no name`, {
    hint: 'Check the version tag and GITHUB_REPOSITORY.',
  })
}

async function answerOf(response: Response): Promise<ApiAnswer> {
  const { status, body } = response
  if (status === 204) {
    discard(body)
    return { status, bytes: new Uint8Array(), body: undefined }
  }
  const isFile = response.headers['content-type']?.startsWith('application/octet-stream') === true
  const bytes = await readAll(body, isFile ? limits.assetBytes : limits.answerBytes)
  return { status, bytes, body: isFile ? undefined : parsed(bytes) }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
