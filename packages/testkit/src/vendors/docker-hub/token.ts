import type { Answer, Call, Service } from '../message.ts'
import { basicOf, formOf, json } from '../message.ts'
import { parseScopes, randomToken } from '../ticket.ts'
import type { Hub, HubAccount } from './world.ts'
import { accountOf, actionsOf } from './world.ts'

const seconds = 300

/** auth.docker.io: nobody is refused a token, but what it allows may be nothing. */
export function tokenService(hub: Hub): Service {
  const refreshTokens = new Map<string, HubAccount>()

  function token(account: HubAccount | undefined, scopes: readonly string[]): Record<string, unknown> {
    const access = parseScopes(scopes).map(({ type, name, actions }) => {
      const allowed = actionsOf(hub, account, name)
      return { type, name, actions: actions.filter((action) => allowed.includes(action)), parameters: {} }
    })
    const value = hub.signer.sign({
      iss: 'auth.docker.io',
      aud: 'registry.docker.io',
      sub: account?.username ?? '',
      exp: Math.floor(Date.now() / 1000) + seconds,
      access,
    })
    hub.tickets.issue(value, {
      holder: account,
      lifeMs: seconds * 1000,
      scopes: new Map(access.map(({ name, actions }) => [name, new Set(actions)])),
    })
    return { token: value, access_token: value, expires_in: seconds, issued_at: new Date().toISOString() }
  }

  async function post(call: Call): Promise<Answer> {
    const form = await formOf(call)
    const account =
      form.get('grant_type') === 'refresh_token'
        ? refreshTokens.get(form.get('refresh_token') ?? '')
        : accountOf(hub, { username: form.get('username') ?? '', password: form.get('password') ?? '' })
    if (account === undefined) return refused
    const answer = token(account, form.getAll('scope'))
    if (form.get('access_type') !== 'offline') return json(200, answer)
    const refreshToken = randomToken('dckr_rt_')
    refreshTokens.set(refreshToken, account)
    return json(200, { ...answer, refresh_token: refreshToken })
  }

  return (call) => {
    if (call.url.pathname !== '/token') return json(404, {})
    if (call.method === 'POST') return post(call)
    const login = basicOf(call)
    const account = accountOf(hub, login)
    if (login !== undefined && account === undefined) return refused
    return json(200, token(account, call.url.searchParams.getAll('scope')))
  }
}

const refused: Answer = json(
  401,
  { details: 'incorrect username or password' },
  { 'www-authenticate': 'Basic realm="auth.docker.io"' },
)
