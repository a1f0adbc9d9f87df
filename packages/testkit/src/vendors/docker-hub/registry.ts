import type { BlobOrigin } from '../blob-origin.ts'
import type { Answer, Call, Service } from '../message.ts'
import { bearerOf, redirect, specError, text } from '../message.ts'
import type { Asked } from '../route.ts'
import { askedOf, isDigest } from '../route.ts'
import { allows } from '../ticket.ts'
import type { Hub, HubAccount } from './world.ts'

/** Pulls in six hours. */
const quota = { anonymous: 100, account: 200 }

/** `/v2/` of registry-1.docker.io. */
export function registryService(hub: Hub, blobs: BlobOrigin): Service {
  const pulls = new Map<string, number>()

  function count(account: HubAccount | undefined): { limit: number; left: number } {
    const who = account?.username ?? ''
    pulls.set(who, (pulls.get(who) ?? 0) + 1)
    const limit = account === undefined ? quota.anonymous : quota.account
    return { limit, left: limit - (pulls.get(who) ?? 0) }
  }

  async function manifest(call: Call, account: HubAccount | undefined): Promise<Answer> {
    if (call.method !== 'GET') return hub.core.answer(call)
    const { limit, left } = count(account)
    const headers = {
      'ratelimit-limit': `${limit};w=21600`,
      'ratelimit-remaining': `${Math.max(0, left)};w=21600`,
      'docker-ratelimit-source': '127.0.0.1',
    }
    if (left < 0) return tooManyPulls('21600', headers)
    const reply = await hub.core.answer(call)
    return { ...reply, headers: { ...reply.headers, ...headers } }
  }

  async function answer(call: Call, asked: Asked, account: HubAccount | undefined): Promise<Answer> {
    const { repository, reference } = asked
    if (asked.action === 'delete' && asked.kind !== 'upload') return unsupported
    if (asked.kind === 'blob' && call.method === 'GET' && (await hub.core.holds(repository, reference)))
      return redirect(307, blobs.addressOf(repository, reference))
    if (asked.kind !== 'manifest') return hub.core.answer(call)
    if (asked.action === 'pull') return manifest(call, account)
    return immutable(hub, asked) ?? push(hub, call, repository)
  }

  return async (call) => {
    const asked = askedOf(call)
    const bearer = bearerOf(call)
    const ticket = hub.tickets.valid(bearer)
    if (ticket === undefined) return unauthorized(asked, bearer === undefined ? undefined : 'invalid_token')
    if (asked.kind === 'ping') return hub.core.answer(call)
    if (!allows(ticket, asked.repository, asked.action)) return unauthorized(asked, 'insufficient_scope')
    return answer(call, asked, ticket.holder)
  }
}

async function push(hub: Hub, call: Call, repository: string): Promise<Answer> {
  const reply = await hub.core.answer(call)
  if (reply.status === 201 && !hub.repositories.has(repository))
    hub.repositories.set(repository, { isPrivate: false, immutable: undefined })
  return reply
}

function immutable(hub: Hub, { repository, reference }: Asked): Answer | undefined {
  if (isDigest(reference) || hub.repositories.get(repository)?.immutable?.test(reference) !== true)
    return undefined
  if (hub.core.ledger.find(repository, reference) === undefined) return undefined
  return specError({ status: 403, code: 'DENIED', message: `tag ${reference} is immutable` })
}

export function tooManyPulls(retryAfter: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const words =
    'You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limits\n'
  const reply = text(429, words)
  return { ...reply, headers: { ...reply.headers, 'retry-after': retryAfter, ...headers } }
}

const unsupported: Answer = specError({
  status: 405,
  code: 'UNSUPPORTED',
  message: 'The operation is unsupported.',
})

function unauthorized({ kind, repository, action }: Asked, error: string | undefined): Answer {
  const actions = action === 'pull' ? 'pull' : action === 'push' ? 'pull,push' : 'delete'
  const scope =
    kind === 'ping'
      ? ''
      : `,scope="${kind === 'catalog' ? 'registry:catalog:*' : `repository:${repository}:${actions}`}"`
  const realm = `Bearer realm="https://auth.docker.io/token",service="registry.docker.io"${scope}`
  return specError({
    status: 401,
    code: 'UNAUTHORIZED',
    message: 'authentication required',
    detail: kind === 'ping' ? null : [{ Type: 'repository', Class: '', Name: repository, Action: action }],
    headers: { 'www-authenticate': error === undefined ? realm : `${realm},error="${error}"` },
  })
}
