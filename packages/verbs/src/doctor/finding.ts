import type { ErrorCode } from '@chartroom/errors'
import { isChartroomError } from '@chartroom/errors'

/** What one check found. */
export interface Finding {
  readonly check: Check
  readonly verdict: 'ok' | 'warning' | 'failure'
  /** What is the case, without a full stop. */
  readonly message: string
  /** Why, as far as can be told; a sentence. */
  readonly cause?: string | undefined
  /** What to do; a sentence. */
  readonly remedy?: string | undefined
  /** Of a failure: what another command ends with for the same reason. */
  readonly code?: ErrorCode | undefined
}

/** In the order in which they are made. */
export const checks = [
  'proxy',
  'name',
  'tls',
  'registry',
  'clock',
  'challenge',
  'login',
  'authentication',
  'scope',
  'repository',
  'chart',
  'version',
  'anonymous',
  'helm',
] as const

export type Check = (typeof checks)[number]

export function ok(check: Check, message: string, cause?: string): Finding {
  return { check, verdict: 'ok', message, cause }
}

export function warning(check: Check, message: string, why: { cause?: string; remedy: string }): Finding {
  return { check, verdict: 'warning', message, ...why }
}

export function failure(
  check: Check,
  message: string,
  why: { code: ErrorCode; cause?: string | undefined; remedy: string | undefined },
): Finding {
  return { check, verdict: 'failure', message, ...why }
}

/** The failure that an error is. Rethrows what is none of ours, and a stop that was asked for. */
export function failureOf(check: Check, error: unknown): Finding {
  if (!isChartroomError(error) || error.code === 'ABORTED') throw error
  return failure(check, error.message, { code: error.code, remedy: error.hint })
}
