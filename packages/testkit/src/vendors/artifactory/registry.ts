import { sha256 } from '../../registry-client.ts'
import type { Answer, Call, Service } from '../message.ts'
import { basicOf, bearerOf, json, specError } from '../message.ts'
import type { Asked } from '../route.ts'
import { askedOf, isDigest } from '../route.ts'
import { randomToken } from '../ticket.ts'
import type { Jfrog, JfrogUser } from './world.ts'
import { keyOf, may, userOf } from './world.ts'

const seconds = 3600

/** `/v2/` of an Artifactory by its path method: the repository key is the first part of a path. */
export function registryService(jfrog: Jfrog): Service {
  return async (call) => {
    const direct = /^\/artifactory\/api\/docker\/([^/]+)(\/v2\/.*)$/.exec(call.url.pathname)
    const url = new URL(call.url)
    if (direct !== null)
      url.pathname =
        direct[2] === '/v2/' || direct[2] === '/v2/token'
          ? direct[2]
          : `/v2/${direct[1]}${direct[2]?.slice(3)}`
    return answer(jfrog, { ...call, url })
  }
}

async function answer(jfrog: Jfrog, call: Call): Promise<Answer> {
  if (call.url.pathname === '/v2/token') return token(jfrog, call)
  const asked = askedOf(call)
  const user = userOf(jfrog, basicOf(call)) ?? jfrog.tokens.valid(bearerOf(call))?.holder
  if (user === undefined) return unauthorized(call, asked)
  const path = call.url.pathname + call.url.search
  if (asked.kind === 'ping') return jfrog.core.answer(call, path)
  return (await refusal(jfrog, user, { call, asked })) ?? jfrog.core.answer(call, path)
}

function token(jfrog: Jfrog, call: Call): Answer {
  const user = userOf(jfrog, basicOf(call))
  if (user === undefined)
    return specError({ status: 401, code: 'UNAUTHORIZED', message: 'Wrong username was used' })
  const value = jfrog.tokens.issue(randomToken('eyJ2ZXIiOiIyIiwidHlwIjoiSldU.', 60), {
    holder: user,
    lifeMs: seconds * 1000,
  })
  return json(200, { token: value, access_token: value, expires_in: seconds })
}

async function refusal(
  jfrog: Jfrog,
  user: JfrogUser,
  { call, asked }: { call: Call; asked: Asked },
): Promise<Answer | undefined> {
  const key = keyOf(asked.repository)
  const repository = jfrog.repositories.get(key)
  if (repository === undefined)
    return specError({ status: 404, code: 'NAME_UNKNOWN', message: `Repository ${key} not found` })
  if (asked.kind === 'blob' && asked.action === 'delete')
    return specError({ status: 405, code: 'UNSUPPORTED', message: 'The operation is unsupported.' })
  const deploys = repository.rclass === 'local' || repository.defaultDeploymentRepo !== undefined
  if (asked.action === 'push' && !deploys)
    return specError({ status: 405, code: 'UNSUPPORTED', message: `Repository ${key} takes no deployments` })
  const permission = { pull: 'read', push: 'deploy', delete: 'delete' } as const
  if (!may(user, key, permission[asked.action])) return denied(asked)
  return overwrite(jfrog, user, { call, asked })
}

// Other content under a tag is a deletion of what was there.
async function overwrite(
  jfrog: Jfrog,
  user: JfrogUser,
  { call, asked }: { call: Call; asked: Asked },
): Promise<Answer | undefined> {
  const { kind, repository, reference } = asked
  if (kind !== 'manifest' || call.method !== 'PUT' || isDigest(reference)) return undefined
  const held = jfrog.core.ledger.find(repository, reference)
  if (held === undefined || may(user, keyOf(repository), 'delete')) return undefined
  return sha256(await call.body()) === held.digest ? undefined : denied(asked)
}

function denied({ repository, action }: Asked): Answer {
  const message = `The client does not have permission to ${action} ${repository}`
  return specError({ status: 403, code: 'DENIED', message })
}

function unauthorized({ url }: Call, { kind, repository, action }: Asked): Answer {
  const scope =
    kind === 'ping' ? '' : `,scope="repository:${repository}:${action === 'push' ? 'pull,push' : action}"`
  const realm = `Bearer realm="https://${url.host}/v2/token",service="${url.host}"${scope}`
  return specError({
    status: 401,
    code: 'UNAUTHORIZED',
    message: 'authentication required',
    headers: { 'www-authenticate': realm },
  })
}
