import { isChartroomError } from '@chartroom/errors'

/** One error of a registry's body (OCI distribution-spec, Error Codes). */
export interface RegistryErrorDetail {
  /** `MANIFEST_UNKNOWN`, `DENIED` ...; empty where the registry gives none. */
  readonly code: string
  readonly message: string
}

/** What a registry answered, as the cause of an error. */
export class RegistryAnswer extends Error {
  readonly status: number
  readonly errors: readonly RegistryErrorDetail[]
  /** Milliseconds, by `Retry-After`. */
  readonly retryAfter: number | undefined

  constructor(status: number, errors: readonly RegistryErrorDetail[], retryAfter: number | undefined) {
    super(`status ${status}${errors.length === 0 ? '' : `: ${errors.map(({ code }) => code).join(', ')}`}`)
    this.name = 'RegistryAnswer'
    this.status = status
    this.errors = errors
    this.retryAfter = retryAfter
  }
}

/** The answer behind an error; undefined where no registry answered. */
export function answerOf(error: unknown): RegistryAnswer | undefined {
  return isChartroomError(error) && error.cause instanceof RegistryAnswer ? error.cause : undefined
}
