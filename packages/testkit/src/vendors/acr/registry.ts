import type { BlobOrigin } from '../blob-origin.ts'
import type { Answer, Call, Service } from '../message.ts'
import { basicOf, bearerOf, redirect, specError } from '../message.ts'
import { askedOf, isDigest } from '../route.ts'
import { apiAnswer, scopeOfApi } from './api.ts'
import type { Needed } from './need.ts'
import { disallowed } from './need.ts'
import { exchange, token } from './token.ts'
import type { Azure } from './world.ts'
import { accountOf, grantedTo } from './world.ts'

/** NAME.azurecr.io: `/v2/`, its tokens and its own `/acr/v1`. */
export function registryService(azure: Azure, blobs: BlobOrigin): Service {
  return async (call) => {
    const { pathname } = call.url
    if (pathname === '/oauth2/exchange') return exchange(azure, call)
    if (pathname === '/oauth2/token') return token(azure, call)
    const needed = pathname.startsWith('/acr/v1') ? scopeOfApi(call) : scopeOf(call)
    if (!isAllowed(azure, call, needed)) return unauthorized(azure, call, needed)
    return pathname.startsWith('/acr/v1') ? apiAnswer(azure, call) : answer(azure, blobs, call)
  }
}

function scopeOf(call: Call): Needed | undefined {
  const { kind, repository, action } = askedOf(call)
  if (kind === 'ping') return undefined
  if (kind === 'catalog') return { type: 'registry', name: 'catalog', actions: ['*'] }
  const actions = action === 'push' ? ['push', 'pull'] : [action]
  return { type: 'repository', name: repository, actions }
}

function isAllowed(azure: Azure, call: Call, needed: Needed | undefined): boolean {
  const account = accountOf(azure, basicOf(call))
  if (account !== undefined)
    return needed === undefined || grantedTo(azure, account, needed).length === needed.actions.length
  const ticket = azure.accessTokens.valid(bearerOf(call))
  if (ticket === undefined) return false
  return (
    needed === undefined ||
    needed.actions.every((action) => ticket.scopes?.get(needed.name)?.has(action) === true)
  )
}

async function answer(azure: Azure, blobs: BlobOrigin, call: Call): Promise<Answer> {
  const { kind, repository, reference } = askedOf(call)
  const { core } = azure
  if (kind === 'blob' && call.method === 'GET' && (await core.holds(repository, reference)))
    return redirect(307, blobs.addressOf(repository, reference))
  if (kind !== 'manifest') return core.answer(call)
  if (call.method === 'DELETE' && !isDigest(reference))
    return specError({ status: 405, code: 'UNSUPPORTED', message: 'The operation is unsupported.' })
  return isLocked(azure, call) ? disallowed : core.answer(call)
}

function isLocked({ locks, core }: Azure, call: Call): boolean {
  const { repository, reference } = askedOf(call)
  if (call.method === 'PUT') return locks.get(`${repository}:${reference}`)?.writeEnabled === false
  if (call.method !== 'DELETE') return false
  const tags = core.ledger.find(repository, reference)?.tags ?? []
  return [reference, ...tags].some((one) => locks.get(`${repository}:${one}`)?.deleteEnabled === false)
}

function unauthorized(azure: Azure, call: Call, needed: Needed | undefined): Answer {
  const { host } = azure
  const scope =
    needed === undefined ? '' : `,scope="${needed.type}:${needed.name}:${needed.actions.join(',')}"`
  const isKnown = needed !== undefined && isAllowed(azure, call, undefined)
  const error =
    call.headers.authorization === undefined
      ? ''
      : `,error="${isKnown ? 'insufficient_scope' : 'invalid_token'}"`
  return specError({
    status: 401,
    code: 'UNAUTHORIZED',
    message: 'authentication required, visit https://aka.ms/acr/authorization for more information.',
    detail: needed?.actions.map((Action) => ({ Type: needed.type, Name: needed.name, Action })),
    headers: {
      'www-authenticate': `Bearer realm="https://${host}/oauth2/token",service="${host}"${scope}${error}`,
    },
  })
}
