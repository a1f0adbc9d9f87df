import { ChartroomError } from '@chartroom/errors'
import type { FailedAccess, Origin } from '@chartroom/oci'
import type { KnownProvider } from './credential-source.ts'
import type { Operation } from './provider.ts'

/** Codes of which a vendor may know more than the general words do. */
const explained = new Set([
  'ANONYMOUS_REFUSED',
  'CONFLICT',
  'FORBIDDEN',
  'LIMIT_EXCEEDED',
  'NOT_FOUND',
  'RATE_LIMITED',
  'REPOSITORY_NOT_FOUND',
  'SERVER_ERROR',
  'UNAUTHENTICATED',
  'UNSUPPORTED',
])

/** The error of a registry in the words of its vendor, by status and code; as it is where there are none. */
export async function explainError(
  error: ChartroomError,
  { about, origin, providerOf }: { about: FailedAccess; origin: Origin; providerOf: KnownProvider },
): Promise<ChartroomError> {
  const operation = operationOf(about)
  // That something is not there is an answer to those who read, and mostly one that is hoped for.
  const isAnswer = error.code === 'NOT_FOUND' && (about.method === 'GET' || about.method === 'HEAD')
  if (!explained.has(error.code) || isAnswer) return error
  const provider = await providerOf(origin)?.load()
  const place = { ...origin, repository: about.repository ?? '' }
  const better = provider?.explanation.explain(error, place, operation)
  if (better === undefined) return error
  return new ChartroomError(error.code, better.message ?? error.message, {
    op: error.op,
    origin: error.origin,
    cause: error.cause,
    hint: better.hint,
  })
}

function operationOf({ method, url, scopes, repository }: FailedAccess): Operation {
  if (method === 'DELETE') return 'delete'
  if (method !== 'GET' && method !== 'HEAD') return 'push'
  if (scopes.some((scope) => /[:,]push(?:,|$)/.test(scope))) return 'push'
  if (url.pathname === '/v2/') return 'login'
  return repository === undefined || url.pathname.endsWith('/tags/list') ? 'list' : 'pull'
}
