import type { ErrorCode } from '@chartroom/errors'
import { ChartroomError, hasCode, printableLine, redactUrl } from '@chartroom/errors'
import type { Credential } from '../credential.ts'
import { limits } from '../limits.ts'
import { readAll } from '../stream.ts'
import { retryAfter } from '../transport/retry.ts'
import type { Response } from '../transport/transport.ts'
import type { RegistryErrorDetail } from './registry-answer.ts'
import { RegistryAnswer } from './registry-answer.ts'

export interface FailedRequest {
  readonly method: string
  readonly credential: Credential | undefined
}

/** The error of a registry's answer (OCI distribution-spec, Error Codes); its cause is a {@link RegistryAnswer}. */
export async function responseError(response: Response, request: FailedRequest): Promise<ChartroomError> {
  const { status, url, headers } = response
  const text = new TextDecoder().decode(await readBeginning(response))
  const errors = errorsIn(text)
  const answer = new RegistryAnswer(status, errors, retryAfter(headers))
  const code = codeOf(answer, request.credential, String(headers['www-authenticate'] ?? ''))
  const detail = errors.length === 0 ? textIn(text) : errors.map(describe).join('; ')
  const shown = detail === '' ? '' : `: ${detail.slice(0, limits.errorText)}`
  return new ChartroomError(code, `${redactUrl(url)} answered ${status}${shown}`, {
    op: request.method,
    origin: url.host,
    cause: answer,
    hint: hintOf(code, { host: url.host, answer, credential: request.credential }),
  })
}

/** Codes of the specification, where they say more than the status. */
const byRegistryCode: Readonly<Record<string, ErrorCode>> = {
  BLOB_UNKNOWN: 'NOT_FOUND',
  DIGEST_INVALID: 'DIGEST_MISMATCH',
  MANIFEST_BLOB_UNKNOWN: 'MANIFEST_INVALID',
  MANIFEST_INVALID: 'MANIFEST_INVALID',
  MANIFEST_UNKNOWN: 'NOT_FOUND',
  NAME_INVALID: 'USAGE',
  NAME_UNKNOWN: 'REPOSITORY_NOT_FOUND',
  SIZE_INVALID: 'SIZE_MISMATCH',
  TOOMANYREQUESTS: 'RATE_LIMITED',
  UNSUPPORTED: 'UNSUPPORTED',
}

const byStatus: Readonly<Record<number, ErrorCode>> = {
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'UNSUPPORTED',
  407: 'NETWORK',
  408: 'TIMEOUT',
  409: 'CONFLICT',
  412: 'CONFLICT',
  413: 'LIMIT_EXCEEDED',
  416: 'UPLOAD_OFFSET',
  429: 'RATE_LIMITED',
}

function codeOf(
  { status, errors }: RegistryAnswer,
  credential: Credential | undefined,
  challenge: string,
): ErrorCode {
  if (status === 401) {
    if (credential === undefined) return 'ANONYMOUS_REFUSED'
    return /insufficient_scope/.test(challenge) ? 'FORBIDDEN' : 'UNAUTHENTICATED'
  }
  const [first] = errors
  // ECR's word for a tag that may not move.
  if (first?.code === 'TAG_INVALID' && /immutable/i.test(first.message)) return 'CONFLICT'
  const named = status === 400 || status === 404 ? byRegistryCode[first?.code ?? ''] : undefined
  return named ?? byStatus[status] ?? 'SERVER_ERROR'
}

interface Situation {
  readonly host: string
  readonly answer: RegistryAnswer
  readonly credential: Credential | undefined
}

function hintOf(code: ErrorCode, { host, answer, credential }: Situation): string | undefined {
  const { retryAfter: wait } = answer
  const hints: Partial<Record<ErrorCode, string>> = {
    ANONYMOUS_REFUSED: `Log in: chartroom login ${host}.`,
    CONFLICT: 'The tag may be immutable here: publish another version, or ask who runs the registry.',
    DIGEST_MISMATCH: 'Something between here and the registry altered the content: try again.',
    FORBIDDEN:
      'Ask for the right to this repository, or check its path: some registries answer this for an absent one.',
    LIMIT_EXCEEDED: 'The registry, or a proxy before it, takes no content of this size: ask who runs it.',
    MANIFEST_INVALID: 'The registry takes no such content: ask who runs it what it allows.',
    NETWORK: 'A proxy wants a login: HTTP_PROXY=http://USER:PASSWORD@HOST:PORT.',
    NOT_FOUND: 'Check the name and the tag or digest.',
    RATE_LIMITED:
      wait === undefined
        ? 'Wait a while, or log in: limits are often higher then.'
        : `Try again in ${Math.ceil(wait / 1000)} s, or log in: limits are often higher then.`,
    REPOSITORY_NOT_FOUND:
      'Check the path; some registries want a repository to be made before the first push.',
    SERVER_ERROR: 'Try again later, or ask who runs the registry.',
    SIZE_MISMATCH: 'Something between here and the registry altered the content: try again.',
    TIMEOUT: 'Try again later: the registry waited too long for us, or for its storage.',
    UNAUTHENTICATED: `The login from ${credential?.source ?? 'nowhere'} was refused: log in again with chartroom login ${host}.`,
    UPLOAD_OFFSET: 'Try again: the upload is begun anew.',
    USAGE: 'Check the path: this registry does not take it as a name.',
    UNSUPPORTED: 'This registry cannot do that: look for its own tool or page for it.',
  }
  return hints[code]
}

function errorsIn(text: string): RegistryErrorDetail[] {
  const body = parseOrNothing(text)
  const list: unknown = typeof body === 'object' && body !== null && 'errors' in body ? body.errors : []
  return (Array.isArray(list) ? list : [])
    .slice(0, 16)
    .map((item: unknown) => ({ code: textOf(item, 'code'), message: textOf(item, 'message') }))
    .filter(({ code, message }) => code !== '' || message !== '')
}

function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function textOf(item: unknown, key: string): string {
  const value: unknown =
    typeof item === 'object' && item !== null ? Object.getOwnPropertyDescriptor(item, key)?.value : undefined
  return typeof value === 'string' ? printableLine(value) : ''
}

function describe({ code, message }: RegistryErrorDetail): string {
  return [code, message].filter((part) => part !== '').join(' ')
}

// A page for people says nothing a person would want in one line.
function textIn(text: string): string {
  return /^\s*</.test(text) ? '' : printableLine(text.slice(0, 2 * limits.errorText))
}

// The status says enough where the text behind it is too long or breaks off.
async function readBeginning({ body }: Response): Promise<Uint8Array> {
  try {
    return await readAll(body, limits.errorBytes)
  } catch (error) {
    if (hasCode(error, 'LIMIT_EXCEEDED', 'NETWORK', 'TIMEOUT')) return new Uint8Array()
    throw error
  }
}
