import type { Answer, Call, Service } from '../message.ts'
import { basicOf, json, specError } from '../message.ts'
import { parseScopes, randomToken } from '../ticket.ts'
import type { GitHub, GitHubAccount } from './world.ts'
import { accountOf, maySee, ownerOf } from './world.ts'

const life = 300_000

/** `GET /token`: any name beside the token; one answer for all that is refused. */
export function tokenService(github: GitHub): Service {
  return (call) => {
    if (call.method !== 'GET') return { status: 405 }
    const login = basicOf(call)
    const account = accountOf(github, login?.password)
    if (login !== undefined && account === undefined) return denied
    const scopes = parseScopes(call.url.searchParams.getAll('scope'))
    if (scopes.some(({ type, name, actions }) => !mayAsk(github, account, { type, name, actions })))
      return denied
    const granted = new Map(scopes.map(({ name, actions }) => [name, new Set(actions)]))
    const token = github.tickets.issue(Buffer.from(randomToken('v1:')).toString('base64'), {
      holder: account,
      lifeMs: life,
      scopes: granted,
    })
    return json(200, { token })
  }
}

interface Scope {
  readonly type: string
  readonly name: string
  readonly actions: readonly string[]
}

function mayAsk(github: GitHub, account: GitHubAccount | undefined, { type, name, actions }: Scope): boolean {
  if (type !== 'repository') return false
  if (account === undefined)
    return actions.every((action) => action === 'pull') && maySee(github, undefined, name)
  // What the challenge to a ping names stands for no package.
  if (name === 'user/image' || maySee(github, account, name)) return true
  return actions.includes('push') && account.owners.includes(ownerOf(name))
}

const denied: Answer = specError({ status: 403, code: 'DENIED', message: 'denied' })

/** A personal token in base64 is taken as it is, without an exchange. */
export function directAccount(github: GitHub, bearer: string): GitHubAccount | undefined {
  return accountOf(github, Buffer.from(bearer, 'base64').toString('utf8'))
}

export function challenge({ url }: Call, scope: string, error?: string): string {
  const realm = `Bearer realm="https://${url.host}/token",service="${url.host}",scope="${scope}"`
  return error === undefined ? realm : `${realm},error="${error}"`
}
