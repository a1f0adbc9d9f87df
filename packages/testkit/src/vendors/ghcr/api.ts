import type { Entry } from '../ledger.ts'
import type { Answer, Call, Service } from '../message.ts'
import { json } from '../message.ts'
import type { GitHub, GitHubAccount } from './world.ts'
import { accountOf, maySee } from './world.ts'

/** api.github.com, as far as its packages go (REST, version 2022-11-28). */
export function apiService(github: GitHub): Service {
  const removed = new Map<number, Entry>()

  async function packageAnswer(call: Call, account: GitHubAccount, repository: string): Promise<Answer> {
    const found = github.packages.get(repository)
    if (found === undefined || !maySee(github, account, repository)) return notFound
    if (call.method === 'GET') {
      const name = repository.slice(repository.indexOf('/') + 1)
      return json(200, {
        id: 1,
        name,
        package_type: 'container',
        visibility: found.visibility,
        version_count: github.core.ledger.entries(repository).length,
      })
    }
    if (call.method !== 'DELETE') return notFound
    if (!account.rights.includes('delete')) return forbidden
    for (const { digest } of github.core.ledger.entries(repository))
      await github.core.remove(repository, digest)
    github.packages.delete(repository)
    return { status: 204 }
  }

  function versions(call: Call, repository: string): Answer {
    const size = Math.min(Number(call.url.searchParams.get('per_page') ?? 30), 100)
    const page = Math.max(Number(call.url.searchParams.get('page') ?? 1), 1)
    const all = [...github.core.ledger.entries(repository)].reverse()
    const next = new URL(call.url)
    next.searchParams.set('page', String(page + 1))
    const more = page * size < all.length
    return json(
      200,
      all.slice((page - 1) * size, page * size).map(versionOf),
      more ? { link: `<${next.href}>; rel="next"` } : {},
    )
  }

  async function remove(account: GitHubAccount, repository: string, entry: Entry): Promise<Answer> {
    if (!account.rights.includes('delete')) return forbidden
    const tagged = github.core.ledger.entries(repository).filter(({ tags }) => tags.length > 0)
    if (tagged.length === 1 && tagged[0] === entry) {
      return json(400, {
        message:
          'You cannot delete the last tagged version of a package. You must delete the package instead.',
      })
    }
    removed.set(entry.id, entry)
    await github.core.remove(repository, entry.digest)
    return { status: 204 }
  }

  async function answer(call: Call, account: GitHubAccount): Promise<Answer> {
    const [, user] = /^\/users\/([^/]+)$/.exec(call.url.pathname) ?? []
    if (user !== undefined) return json(200, { login: user, type: 'User' })
    const match =
      /^\/(?:orgs\/([^/]+)|users\/([^/]+)|user)\/packages\/container\/([^/]+)(\/versions(?:\/(\d+)(\/restore)?)?)?$/.exec(
        call.url.pathname,
      )
    if (match === null) return notFound
    const [, org, owner = account.username, name = '', list, id, restore] = match
    // These owners are users: an organisation of that name does not exist.
    if (org !== undefined) return notFound
    const repository = `${owner}/${decodeURIComponent(name)}`
    if (list === undefined) return packageAnswer(call, account, repository)
    if (!maySee(github, account, repository)) return notFound
    if (id === undefined) return call.method === 'GET' ? versions(call, repository) : notFound
    if (restore !== undefined) return json(removed.has(Number(id)) ? 204 : 404, undefined)
    const entry = github.core.ledger.entries(repository).find((one) => one.id === Number(id))
    if (entry === undefined) return notFound
    return call.method === 'DELETE' ? remove(account, repository, entry) : json(200, versionOf(entry))
  }

  return async (call) => {
    const [, token] = /^(?:bearer|token) (.+)$/i.exec(call.headers.authorization ?? '') ?? []
    const account = accountOf(github, token)
    const reply = account === undefined ? refused(token) : await answer(call, account)
    const limits = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '4999', 'x-ratelimit-used': '1' }
    return { ...reply, headers: { ...limits, ...reply.headers } }
  }
}

function versionOf({ id, digest, tags, pushedAt }: Entry): object {
  const at = new Date(pushedAt).toISOString()
  return {
    id,
    name: digest,
    created_at: at,
    updated_at: at,
    metadata: { package_type: 'container', container: { tags: [...tags].reverse() } },
  }
}

function refused(token: string | undefined): Answer {
  const message = token === undefined ? 'Requires authentication' : 'Bad credentials'
  return json(401, { message, documentation_url: 'https://docs.github.com/rest', status: '401' })
}

const notFound: Answer = json(404, { message: 'Not Found', status: '404' })
const forbidden: Answer = json(403, {
  message: 'You need at least delete:packages scope to delete a package.',
  status: '403',
})
