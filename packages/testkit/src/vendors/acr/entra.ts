import type { Answer, Call, Service } from '../message.ts'
import { formOf, json } from '../message.ts'
import { verifiedClaims } from '../jwt.ts'
import type { Azure, AzureAccount } from './world.ts'

const seconds = 3600

/** login.microsoftonline.com: secrets and federated tokens of service principals. */
export function entraService(azure: Azure, federatedToken: string): Service {
  const base = `https://login.microsoftonline.com/${azure.tenant}`

  async function token(call: Call): Promise<Answer> {
    const form = await formOf(call)
    const account = azure.principals.find(({ username }) => username === form.get('client_id'))
    if (account === undefined)
      return failure(
        'unauthorized_client',
        `AADSTS700016: Application '${form.get('client_id')}' was not found`,
      )
    const proven =
      form.get('client_secret') === account.password || form.get('client_assertion') === federatedToken
    if (!proven) return failure('invalid_client', 'AADSTS7000215: Invalid client secret provided.')
    const audience = (form.get('scope') ?? '').split(' ')[0]?.replace(/\/\.default$/, '') ?? ''
    return json(200, {
      token_type: 'Bearer',
      expires_in: seconds,
      ext_expires_in: seconds,
      access_token: entraToken(azure, account, audience),
    })
  }

  return (call) => {
    const { pathname } = call.url
    if (pathname === '/common/discovery/instance') {
      const alias = 'login.microsoftonline.com'
      return json(200, {
        tenant_discovery_endpoint: `${base}/v2.0/.well-known/openid-configuration`,
        'api-version': '1.1',
        metadata: [
          {
            preferred_network: alias,
            preferred_cache: 'login.windows.net',
            aliases: [alias, 'login.windows.net'],
          },
        ],
      })
    }
    if (pathname === `/${azure.tenant}/v2.0/.well-known/openid-configuration`) {
      return json(200, {
        token_endpoint: `${base}/oauth2/v2.0/token`,
        authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
        end_session_endpoint: `${base}/oauth2/v2.0/logout`,
        issuer: `${base}/v2.0`,
        jwks_uri: `${base}/discovery/v2.0/keys`,
      })
    }
    if (call.method === 'POST' && pathname === `/${azure.tenant}/oauth2/v2.0/token`) return token(call)
    return json(404, {})
  }
}

function entraToken(azure: Azure, { username }: AzureAccount, audience: string): string {
  const now = Math.floor(Date.now() / 1000)
  return azure.entra.sign({
    aud: audience,
    iss: `https://sts.windows.net/${azure.tenant}/`,
    appid: username,
    tid: azure.tenant,
    exp: now + seconds,
  })
}

/** Whose token it is: only those for a registry, or for the management of Azure, are taken by a registry. */
export function holderOf(azure: Azure, token: string | null): AzureAccount | undefined {
  const claims = verifiedClaims(token, azure.entra.publicKey)
  const audiences = ['https://containerregistry.azure.net', 'https://management.azure.com']
  if (claims === undefined || !audiences.includes(String(claims['aud']))) return undefined
  return azure.principals.find(({ username }) => username === claims['appid'])
}

/** IMDS as a machine with a managed identity asks it. */
export function instanceService(azure: Azure): (call: Call) => Answer | undefined {
  return ({ url, headers }) => {
    if (url.pathname.replace(/\/$/, '') !== '/metadata/identity/oauth2/token') return undefined
    if (headers['metadata'] !== 'true') return json(400, { error: 'invalid_request' })
    const [account] = azure.principals
    const resource = (url.searchParams.get('resource') ?? '').replace(/\/$/, '')
    return json(200, {
      access_token: account === undefined ? '' : entraToken(azure, account, resource),
      expires_on: String(Math.floor(Date.now() / 1000) + seconds),
      expires_in: String(seconds),
      resource,
      token_type: 'Bearer',
      client_id: account?.username,
    })
  }
}

function failure(error: string, description: string): Answer {
  return json(error === 'invalid_client' ? 401 : 400, {
    error,
    error_description: description,
    error_codes: [7000215],
  })
}
