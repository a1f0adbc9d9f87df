import type { Entry } from '../ledger.ts'
import type { Answer, Call, Service } from '../message.ts'
import { json, jsonOf, textOf } from '../message.ts'
import { randomToken } from '../ticket.ts'
import type { Hub, HubAccount, HubRepository } from './world.ts'
import { accountOf, actionsOf } from './world.ts'

/** hub.docker.com, as far as repositories and tags go. */
export function apiService(hub: Hub): Service {
  const tokens = new Map<string, HubAccount>()

  async function login(call: Call): Promise<Answer> {
    const given = await jsonOf(call)
    const account = accountOf(hub, {
      username: textOf(given, 'identifier') ?? '',
      password: textOf(given, 'secret') ?? '',
    })
    if (account === undefined) return json(401, { detail: 'Incorrect authentication credentials' })
    const token = randomToken('eyJ.', 40)
    tokens.set(token, account)
    return json(200, { access_token: token })
  }

  async function answer(call: Call, account: HubAccount | undefined): Promise<Answer> {
    const path =
      /^\/v2\/(?:namespaces\/([^/]+)\/repositories|repositories\/([^/]+))\/([^/]+)(?:\/([a-z]+)(?:\/([^/]+))?)?\/?$/.exec(
        call.url.pathname,
      )
    const [, namespace, owner, name, noun, tag] = path ?? []
    const full = `${namespace ?? owner ?? ''}/${name ?? ''}`
    const repository = hub.repositories.get(full)
    const actions = actionsOf(hub, account, full)
    if (repository === undefined || !actions.includes('pull')) return notFound
    if (noun === undefined) return json(200, describe(full, repository))
    if (noun === 'immutabletags' && call.method === 'PATCH') return setImmutable(call, repository, actions)
    if (noun !== 'tags') return notFound
    if (tag === undefined) return tags(hub, call, full)
    const entry = hub.core.ledger.find(full, decodeURIComponent(tag))
    if (entry === undefined) return notFound
    if (call.method !== 'DELETE') return json(200, tagOf(entry, tag))
    if (!actions.includes('delete')) return json(403, { detail: 'access denied: insufficient scope' })
    if (repository.immutable?.test(tag) === true) return json(403, { detail: 'the tag is immutable' })
    await hub.core.remove(full, decodeURIComponent(tag))
    return { status: 204 }
  }

  return async (call) => {
    if (call.method === 'POST' && call.url.pathname === '/v2/auth/token') return login(call)
    const [, token] = /^bearer (.+)$/i.exec(call.headers.authorization ?? '') ?? []
    const account = tokens.get(token ?? '')
    const reply =
      token !== undefined && account === undefined
        ? json(401, { detail: 'Invalid token' })
        : await answer(call, account)
    const limits = { 'x-ratelimit-limit': '600', 'x-ratelimit-remaining': '599' }
    return { ...reply, headers: { ...limits, ...reply.headers } }
  }
}

function describe(full: string, { isPrivate }: HubRepository): object {
  const [namespace, name] = full.split('/')
  return { namespace, name, is_private: isPrivate, repository_type: 'image', status: 1 }
}

async function setImmutable(
  call: Call,
  repository: HubRepository,
  actions: readonly string[],
): Promise<Answer> {
  if (!actions.includes('push')) return json(403, { detail: 'access denied: insufficient scope' })
  const { immutable_tags: on, immutable_tags_rules: rules } = await jsonOf(call)
  const patterns = Array.isArray(rules) && rules.length > 0 ? rules.map(String) : ['.*']
  repository.immutable =
    on === true ? new RegExp(patterns.map((rule) => `^(?:${rule})$`).join('|')) : undefined
  return json(200, {})
}

function tags(hub: Hub, { url }: Call, full: string): Answer {
  const size = Math.min(Number(url.searchParams.get('page_size') ?? 10), 100)
  const page = Number(url.searchParams.get('page') ?? 1)
  const all = hub.core.ledger.entries(full).flatMap((entry) => entry.tags.map((tag) => tagOf(entry, tag)))
  all.reverse()
  const next = new URL(url)
  next.searchParams.set('page', String(page + 1))
  return json(200, {
    count: all.length,
    next: page * size < all.length ? next.href : null,
    previous: null,
    results: all.slice((page - 1) * size, page * size),
  })
}

function tagOf({ digest, totalSize, mediaType, pushedAt }: Entry, name: string): object {
  const at = new Date(pushedAt).toISOString()
  return {
    name,
    digest,
    full_size: totalSize,
    media_type: mediaType,
    content_type: 'helm',
    last_updated: at,
    tag_last_pushed: at,
    tag_last_pulled: null,
  }
}

const notFound: Answer = json(404, { message: 'object not found', errinfo: {} })
