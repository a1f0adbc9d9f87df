import { ChartroomError } from '@chartroom/errors'
import * as v from 'valibot'
import type { ApiAnswer } from './api.ts'

const errorBody = v.object({
  message: v.optional(v.string(), ''),
  errors: v.optional(v.array(v.unknown()), []),
})

const fieldError = v.object({
  code: v.optional(v.string()),
  field: v.optional(v.string()),
  message: v.optional(v.string()),
})

/** The `message` of an error body; empty without one. */
export function messageOf(body: unknown): string {
  const read = v.safeParse(errorBody, body)
  return read.success ? read.output.message : ''
}

/** Whether a 422 says that there is one of this name already. */
export function saysAlreadyExists({ status, body }: ApiAnswer): boolean {
  return status === 422 && fieldErrors(body).some(({ code }) => code === 'already_exists')
}

export interface Asked {
  /** What was to be done: `create the release v1.0.0`. */
  readonly what: string
  readonly host: string
  readonly repository: string
}

/** The error of an answer that is not what was hoped for, with what to do about it. */
export function apiError(answer: ApiAnswer, { what, host, repository }: Asked): ChartroomError {
  const { status, body } = answer
  const said = [messageOf(body), ...fieldErrors(body).map(fieldText)].filter((text) => text !== '').join('; ')
  const message = `GitHub did not ${what}: it answered ${status}${said === '' ? '' : ` (${said.slice(0, 400)})`}`
  const details = { op: what, origin: host, hint: hintOf(status, repository) }
  return new ChartroomError(codeOf(status), message, details)
}

/** The answer in the wanted shape. Throws `SERVER_ERROR` for one that GitHub would not give. */
export function shaped<T extends v.GenericSchema>(
  schema: T,
  answer: ApiAnswer,
  asked: Asked,
): v.InferOutput<T> {
  const read = v.safeParse(schema, answer.body)
  if (read.success) return read.output
  const where = v.getDotPath(read.issues[0]) ?? 'the whole answer'
  throw new ChartroomError(
    'SERVER_ERROR',
    `${asked.host} answered ${answer.status}, but not as GitHub does: ${where}`,
    {
      op: asked.what,
      origin: asked.host,
      hint: 'Check GITHUB_API_URL, and a proxy in between.',
    },
  )
}

function fieldErrors(body: unknown): v.InferOutput<typeof fieldError>[] {
  const read = v.safeParse(errorBody, body)
  return (read.success ? read.output.errors : []).flatMap((one) => {
    const field = v.safeParse(fieldError, one)
    return field.success ? [field.output] : []
  })
}

function fieldText({ field, code, message }: v.InferOutput<typeof fieldError>): string {
  return message ?? [field, code].filter((text) => text !== undefined).join(' ')
}

function codeOf(status: number): ChartroomError['code'] {
  if (status === 401) return 'UNAUTHENTICATED'
  if (status === 403) return 'FORBIDDEN'
  if (status === 404) return 'NOT_FOUND'
  if (status === 429) return 'RATE_LIMITED'
  if (status === 422 || status === 409) return 'CONFLICT'
  return status >= 500 ? 'SERVER_ERROR' : 'UNSUPPORTED'
}

function hintOf(status: number, repository: string): string {
  if (status === 401)
    return 'The token is wrong, or has ended: leave the input token out, or pass one that counts.'
  if (status === 403)
    return `The token may not change the contents of ${repository}: add "permissions: contents: write" to the job.`
  if (status === 404)
    return `The token does not see ${repository}, or what was asked for is not there. In a private repository, add "permissions: contents: write" to the job.`
  if (status === 422 || status === 409)
    return 'Look at the release on its page; what is there was left as it is.'
  if (status >= 500) return 'GitHub has trouble. Run the job again: it completes what is missing.'
  return 'Look at the message; nothing more is known of such an answer.'
}
