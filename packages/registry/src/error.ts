import type { ErrorCode } from '@chartroom/errors'
import { asChartroomError, printableLine } from '@chartroom/errors'
import type { Reply } from './message.ts'

/** OCI distribution-spec, Error Codes, and `UNKNOWN` for what is nobody's fault but ours. */
export type SpecCode =
  | 'BLOB_UNKNOWN'
  | 'BLOB_UPLOAD_INVALID'
  | 'BLOB_UPLOAD_UNKNOWN'
  | 'DIGEST_INVALID'
  | 'MANIFEST_BLOB_UNKNOWN'
  | 'MANIFEST_INVALID'
  | 'MANIFEST_UNKNOWN'
  | 'NAME_INVALID'
  | 'NAME_UNKNOWN'
  | 'SIZE_INVALID'
  | 'UNAUTHORIZED'
  | 'DENIED'
  | 'UNSUPPORTED'
  | 'TOOMANYREQUESTS'
  | 'UNKNOWN'

interface Fault {
  readonly status: number
  readonly code: SpecCode
  readonly message: string
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** An answer with the error body of the specification. */
export function fault({ status, code, message, headers }: Fault): Reply {
  const body = Buffer.from(JSON.stringify({ errors: [{ code, message: printableLine(message) }] }))
  return {
    status,
    headers: { 'content-type': 'application/json', 'content-length': String(body.length), ...headers },
    body,
  }
}

/** What a client did wrong on a route, by the code of the store's error. */
export type Faults = Partial<Record<ErrorCode, { readonly status: number; readonly code: SpecCode }>>

const common: Faults = {
  DIGEST_MISMATCH: { status: 400, code: 'DIGEST_INVALID' },
  DISK_FULL: { status: 507, code: 'UNKNOWN' },
  FORBIDDEN: { status: 403, code: 'DENIED' },
  LIMIT_EXCEEDED: { status: 413, code: 'SIZE_INVALID' },
  MANIFEST_INVALID: { status: 400, code: 'MANIFEST_INVALID' },
  RATE_LIMITED: { status: 429, code: 'TOOMANYREQUESTS' },
  UPLOAD_OFFSET: { status: 416, code: 'BLOB_UPLOAD_INVALID' },
}

/** The answer to a failure. One that is ours alone is told to nobody but `onError`. */
export function faultOf(error: unknown, faults: Faults = {}): Reply {
  if (isCut(error))
    return fault({ status: 400, code: 'BLOB_UPLOAD_INVALID', message: 'the request broke off' })
  const { code, message } = asChartroomError(error)
  const known = faults[code] ?? common[code]
  if (known !== undefined) return fault({ ...known, message })
  return fault({ status: 500, code: 'UNKNOWN', message: 'the registry failed to answer' })
}

// The client went away in the middle of its request: nobody reads this answer, and nothing is wrong here.
function isCut(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'AbortError' || ('code' in error && error.code === 'ECONNRESET'))
  )
}

/** True when the failure is not the client's: it belongs in the server's log. */
export function isOurs(reply: Reply): boolean {
  return reply.status >= 500
}
