import { ChartroomError, isChartroomError, redactUrl } from '@chartroom/errors'

/** Codes of connections that broke: another try may find them whole. */
const passing = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'HPE_CLOSED_CONNECTION',
])

export function isPassing(error: unknown): boolean {
  return passing.has(codeOf(error))
}

/** True where a kept connection had been closed meanwhile: a new one needs no waiting. */
export function isStaleConnection(error: unknown): boolean {
  return error instanceof Error && 'reusedSocket' in error && ['ECONNRESET', 'EPIPE'].includes(codeOf(error))
}

/** A timeout of ours, in the shape of the system's. */
export function timedOut(what: string): Error {
  return Object.assign(new Error(what), { code: 'ETIMEDOUT' })
}

interface Attempted {
  readonly method: string
  readonly url: URL
  readonly signal?: AbortSignal | undefined
}

/** What went wrong below HTTP, as `NETWORK`, `TIMEOUT` or `ABORTED` with what to do about it. */
export function networkError(error: unknown, { method, url, signal }: Attempted): unknown {
  if (isChartroomError(error)) return error
  const details = { op: `${method} ${redactUrl(url)}`, origin: url.host, cause: error }
  if (signal?.aborted === true || (error instanceof Error && error.name === 'AbortError'))
    return new ChartroomError('ABORTED', `the request to ${url.host} was stopped`, details)
  if (!(error instanceof Error)) return error
  const code = codeOf(error)
  if (code === 'ETIMEDOUT') {
    return new ChartroomError('TIMEOUT', `${url.host} did not answer in time: ${error.message}`, {
      ...details,
      hint: 'Try again; behind a firewall or proxy, check HTTPS_PROXY and NO_PROXY.',
    })
  }
  return new ChartroomError('NETWORK', `${url.host} cannot be reached: ${textOf(error)}`, {
    ...details,
    hint: hintOf(code, error.message, url),
  })
}

/**
 * The error of a proxy that makes no connection to a server. Its answer comes in the place of the server's, and is not
 * read: nothing proves whose it is.
 */
export function refusedByProxy({ host }: URL, status: number): ChartroomError {
  return new ChartroomError('NETWORK', `the proxy does not connect to ${host}: it answered ${status}`, {
    origin: host,
    hint:
      status === 407
        ? 'It wants a login, or another one: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT.'
        : `Ask who runs it, or name ${host} in NO_PROXY.`,
  })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

// An address of several families fails with one error for each, and no text of its own.
function textOf(error: Error): string {
  if (error.message !== '') return error.message
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined
  return first instanceof Error ? first.message : codeOf(error)
}

function hintOf(code: string, message: string, url: URL): string {
  if (/ALERT_(?:CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|HANDSHAKE_FAILURE)/.test(code))
    return `${url.host} wants a client certificate, or another one: pass --cert-file and --key-file.`
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/.test(code))
    return `Pass the certificate authority of ${url.host} with --ca-file.`
  if (code === 'EPROTO' || /wrong version number|packet length too long/.test(message))
    return `${url.host} seems to speak plain HTTP: pass --plain-http if that is meant.`
  if (code.startsWith('HPE_'))
    return `${url.host} does not answer in HTTP: check the port, and whether it wants TLS.`
  if (code === 'ECONNREFUSED') return `Nothing listens at ${url.host}: check the port, or start the registry.`
  if (code === 'ENOTFOUND') return `Check the spelling of ${url.hostname} and the network.`
  return 'Check the network and, behind a proxy, HTTPS_PROXY and NO_PROXY.'
}
