import type { ErrorCode } from '@chartroom/errors'
import { ChartroomError, redactUrl } from '@chartroom/errors'
import type { Credential } from '../credential.ts'
import { limits } from '../limits.ts'
import { readAll } from '../stream.ts'
import type { Response } from '../transport/transport.ts'

interface Context {
  readonly method: string
  readonly credential: Credential | undefined
}

/** The error of a registry's answer (OCI distribution-spec, Error Codes). */
export async function responseError(
  response: Response,
  { method, credential }: Context,
): Promise<ChartroomError> {
  const { status, url } = response
  const detail = await errorDetail(response)
  const code = codeOf(status, detail, credential)
  const message = `${redactUrl(url)} answered ${status}${detail === '' ? '' : `: ${detail}`}`
  return new ChartroomError(code, message, {
    op: method,
    origin: url.host,
    hint: hintOf(code, url.host, credential),
  })
}

function codeOf(status: number, detail: string, credential: Credential | undefined): ErrorCode {
  if (status === 401) return credential === undefined ? 'ANONYMOUS_REFUSED' : 'UNAUTHENTICATED'
  if (status === 403) return 'FORBIDDEN'
  if (status === 404) return /NAME_UNKNOWN/.test(detail) ? 'REPOSITORY_NOT_FOUND' : 'NOT_FOUND'
  if (status === 405) return 'UNSUPPORTED'
  if (status === 409) return 'CONFLICT'
  if (status === 429) return 'RATE_LIMITED'
  return 'SERVER_ERROR'
}

function hintOf(code: ErrorCode, host: string, credential: Credential | undefined): string | undefined {
  const hints: Partial<Record<ErrorCode, string>> = {
    ANONYMOUS_REFUSED: `Log in: chartroom login ${host}.`,
    UNAUTHENTICATED: `The login from ${credential?.source ?? 'nowhere'} was refused: log in again with chartroom login ${host}.`,
    FORBIDDEN:
      'Ask for the right to this repository, or check its path: some registries answer this for an absent one.',
    RATE_LIMITED: 'Wait a while, or log in: limits are often higher then.',
    SERVER_ERROR: 'Try again later, or ask who runs the registry.',
  }
  return hints[code]
}

async function errorDetail(response: Response): Promise<string> {
  const text = new TextDecoder().decode(await readBounded(response))
  try {
    const { errors } = JSON.parse(text) as { errors?: { code?: string; message?: string }[] }
    return (errors ?? []).map(({ code, message }) => `${code ?? ''} ${message ?? ''}`.trim()).join('; ')
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return text.slice(0, 200).replace(/\s+/g, ' ').trim()
  }
}

// The status says enough where the text behind it is too long or breaks off.
async function readBounded(response: Response): Promise<Uint8Array> {
  return readAll(response.body, limits.errorBytes).catch(() => new Uint8Array())
}
