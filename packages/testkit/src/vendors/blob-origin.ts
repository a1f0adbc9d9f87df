import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Core } from './core.ts'
import type { Answer, Call, Service } from './message.ts'
import { text } from './message.ts'

export interface BlobOriginOptions {
  readonly host: string
  readonly core: Core
  /** What the storage says to a request that carries a second way of proving itself. */
  readonly refusal: Answer
}

/** Storage behind a registry: another origin that takes signed addresses, and no credential. */
export interface BlobOrigin {
  readonly host: string
  readonly service: Service
  /** The signed address of a blob. */
  addressOf(repository: string, digest: string): string
  /** Requests that brought a credential along: each is a leak. */
  readonly leaks: readonly string[]
}

export function createBlobOrigin({ host, core, refusal }: BlobOriginOptions): BlobOrigin {
  const key = randomBytes(32)
  const leaks: string[] = []

  function signatureOf(path: string): string {
    return createHmac('sha256', key).update(path).digest('base64url')
  }

  function isSigned({ url }: Call): boolean {
    const given = Buffer.from(url.searchParams.get('sig') ?? '')
    const wanted = Buffer.from(signatureOf(url.pathname))
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  }

  return {
    host,
    leaks,
    addressOf(repository, digest) {
      const path = `/${repository}/${digest.replace(':', '/')}`
      return `https://${host}${path}?se=2126-01-01T00%3A00%3A00Z&sig=${signatureOf(path)}`
    },
    service(call) {
      if (call.headers.authorization !== undefined || call.headers.cookie !== undefined) {
        leaks.push(`${call.method} ${call.url.host}${call.url.pathname}`)
        return refusal
      }
      if (!isSigned(call)) return text(403, 'SignatureDoesNotMatch\n')
      const [, repository, algorithm, hex] =
        /^\/(.+)\/(sha256|sha512)\/([0-9a-f]+)$/.exec(call.url.pathname) ?? []
      if (repository === undefined) return text(404, 'NoSuchKey\n')
      return core.answer(call, `/v2/${repository}/blobs/${algorithm}:${hex}`)
    },
  }
}
