import type { Answer, Call } from '../message.ts'
import { basicOf, formOf, json, specError } from '../message.ts'
import { parseScopes } from '../ticket.ts'
import { holderOf } from './entra.ts'
import type { Azure, AzureAccount } from './world.ts'
import { accountOf, grantedTo, nobody } from './world.ts'

const refreshLife = 3 * 3_600_000
const accessLife = 75 * 60_000

/** `POST /oauth2/exchange`: a token of the directory for a refresh token of the registry. */
export async function exchange(azure: Azure, call: Call): Promise<Answer> {
  const form = await formOf(call)
  const account = holderOf(azure, form.get('access_token'))
  const fits = form.get('service') === azure.host && [null, '', azure.tenant].includes(form.get('tenant'))
  if (form.get('grant_type') !== 'access_token' || !fits || account === undefined) return unauthorized()
  return json(200, { refresh_token: issueRefreshToken(azure, account) })
}

export function issueRefreshToken(
  { registry, refreshTokens, host, tenant }: Azure,
  holder: AzureAccount,
): string {
  const token = registry.sign({
    grant_type: 'refresh_token',
    iss: 'Azure Container Registry',
    aud: host,
    appid: holder.username,
    tenant,
    exp: Math.floor((refreshTokens.now() + refreshLife) / 1000),
  })
  return refreshTokens.issue(token, { holder, lifeMs: refreshLife })
}

/** `/oauth2/token`, by POST with a refresh token or by GET with Basic. */
export async function token(azure: Azure, call: Call): Promise<Answer> {
  if (call.method === 'POST') return byForm(azure, await formOf(call))
  const login = basicOf(call)
  if (login === undefined && !azure.anonymousPull) return unauthorized()
  const account =
    login?.username === nobody ? azure.refreshTokens.valid(login.password)?.holder : accountOf(azure, login)
  if (login !== undefined && account === undefined) return unauthorized()
  return access(azure, account, call.url.searchParams.getAll('scope'))
}

function byForm(azure: Azure, form: URLSearchParams): Answer {
  const scopes = form.getAll('scope')
  const refreshToken = form.get('refresh_token') ?? ''
  if (form.get('grant_type') === 'refresh_token') {
    const ticket = azure.refreshTokens.valid(refreshToken)
    return ticket === undefined ? unauthorized() : access(azure, ticket.holder, scopes)
  }
  if (form.get('grant_type') !== 'password')
    return specError({ status: 400, code: 'INVALID_GRANT', message: 'unsupported grant_type' })
  const [username, password] = [form.get('username'), form.get('password')]
  if (username === null || password === null)
    return azure.anonymousPull ? access(azure, undefined, scopes) : unauthorized()
  const account =
    username === nobody
      ? azure.refreshTokens.valid(password)?.holder
      : accountOf(azure, { username, password })
  return account === undefined ? unauthorized() : access(azure, account, scopes)
}

// Without a role the token is given all the same, and allows nothing.
function access(azure: Azure, holder: AzureAccount | undefined, asked: readonly string[]): Answer {
  const scopes = parseScopes(asked).map(({ type, name, actions }) => ({
    type,
    name,
    actions: grantedTo(azure, holder, { name, actions }),
  }))
  const value = azure.registry.sign({
    grant_type: 'access_token',
    aud: azure.host,
    exp: Math.floor((azure.accessTokens.now() + accessLife) / 1000),
    access: scopes,
  })
  azure.accessTokens.issue(value, {
    holder,
    lifeMs: accessLife,
    scopes: new Map(scopes.map(({ name, actions }) => [name, new Set(actions)])),
  })
  return json(200, { access_token: value })
}

function unauthorized(): Answer {
  return specError({
    status: 401,
    code: 'UNAUTHORIZED',
    message: 'authentication required, visit https://aka.ms/acr/authorization for more information.',
  })
}
