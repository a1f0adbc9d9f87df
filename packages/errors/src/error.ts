import type { ErrorCode } from './code.ts'
import { exitCodes } from './code.ts'
import { printable } from './printable.ts'
import { withoutUserInfo } from './redact.ts'
import type { SystemProblem } from './system.ts'
import { systemProblem } from './system.ts'

export interface ErrorDetails {
  /** The next step for the reader, a full sentence. */
  hint?: string | undefined
  /** What was being done: `push`, `HEAD manifest`. */
  op?: string | undefined
  /** Where: a redacted URL, a file path, a reference. */
  origin?: string | undefined
  cause?: unknown
}

/**
 * The one error base of Chartroom. The message says what happened and where; `hint` says what to do.
 * Remote text in a message is stripped of control characters, addresses of user names and passwords.
 */
export class ChartroomError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly op: string | undefined
  readonly origin: string | undefined

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(withoutUserInfo(printable(message)), details.cause === undefined ? {} : { cause: details.cause })
    this.name = 'ChartroomError'
    this.code = code
    this.hint = details.hint
    this.op = details.op
    this.origin = details.origin
  }
}

/** True for errors of any copy of this package, also one bundled elsewhere. */
export function isChartroomError(value: unknown): value is ChartroomError {
  return value instanceof Error && value.name === 'ChartroomError' && 'code' in value
}

export function hasCode(value: unknown, ...codes: ErrorCode[]): value is ChartroomError {
  return isChartroomError(value) && codes.includes(value.code)
}

/** Wraps anything thrown, so that a caller can rely on `code`. */
export function asChartroomError(value: unknown): ChartroomError {
  if (isChartroomError(value)) return value
  const { code, message, hint } = describe(value)
  return new ChartroomError(code, message, { cause: value, hint })
}

/** The process exit code of one error. */
export function exitCodeOf(value: unknown): number {
  return isChartroomError(value) ? exitCodes[value.code] : 1
}

function describe(value: unknown): SystemProblem {
  if (!(value instanceof Error)) return { code: 'INTERNAL', message: String(value), hint: undefined }
  if (value.name === 'AbortError')
    return { code: 'ABORTED', message: 'the operation was aborted', hint: undefined }
  return systemProblem(value) ?? { code: 'INTERNAL', message: value.message, hint: undefined }
}
