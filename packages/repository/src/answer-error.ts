import type { ErrorCode } from '@chartroom/errors'
import { ChartroomError, redactUrl } from '@chartroom/errors'
import type { Response } from '@chartroom/oci'
import { discard } from '@chartroom/oci'

/** The error of an answer that is not what was asked for; its body is let pass. `loggedIn`: a login was sent. */
export function answerError({ status, url, body }: Response, loggedIn: boolean): ChartroomError {
  discard(body)
  const code = codeOf(status, loggedIn)
  return new ChartroomError(code, `${redactUrl(url)} answered ${status}`, {
    op: 'GET',
    origin: url.host,
    hint: hints[code],
  })
}

function codeOf(status: number, loggedIn: boolean): ErrorCode {
  if (status === 401) return loggedIn ? 'UNAUTHENTICATED' : 'ANONYMOUS_REFUSED'
  return byStatus[status] ?? 'SERVER_ERROR'
}

const byStatus: Readonly<Record<number, ErrorCode>> = {
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  408: 'TIMEOUT',
  410: 'NOT_FOUND',
  429: 'RATE_LIMITED',
}

const hints: Partial<Record<ErrorCode, string>> = {
  ANONYMOUS_REFUSED: 'Give a login: --username and --password-stdin of chartroom repo add.',
  FORBIDDEN: 'Ask for the right to this repository, or check its address.',
  NOT_FOUND:
    'The index names a file that is not there: chartroom repo update, or ask who runs the repository.',
  RATE_LIMITED: 'Wait a while, then try again.',
  SERVER_ERROR: 'Try again later, or ask who runs the repository.',
  TIMEOUT: 'Try again later.',
  UNAUTHENTICATED: 'The login was refused: add the repository again with the right one.',
}
