import type { Answer, Call, Service } from '../message.ts'
import { bearerOf, formOf, json, jsonOf, text } from '../message.ts'
import { verifiedClaims } from '../jwt.ts'
import type { Google, GoogleAccount } from './world.ts'
import { issueAccessToken, seconds } from './world.ts'

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** oauth2.googleapis.com: an assertion that a service account signed, for an access token. */
export function oauthService(google: Google): Service {
  return async (call) => {
    if (call.method !== 'POST' || call.url.pathname !== '/token') return json(404, {})
    const form = await formOf(call)
    if (form.get('grant_type') !== jwtBearer) return failure('unsupported_grant_type', 'Invalid grant_type')
    const account = accountOfAssertion(google, form.get('assertion'))
    if (account === undefined) return failure('invalid_grant', 'Invalid JWT Signature.')
    return tokenAnswer(google, account)
  }
}

/** sts.googleapis.com: a token of another party for one of Google's. */
export function stsService(google: Google, subjectToken: string, holder: GoogleAccount): Service {
  return async (call) => {
    if (call.method !== 'POST' || call.url.pathname !== '/v1/token') return json(404, {})
    const type = call.headers['content-type'] ?? ''
    const form = type.includes('json')
      ? new URLSearchParams(textEntries(await jsonOf(call)))
      : await formOf(call)
    const given = (form.get('grant_type') ?? form.get('grantType')) === tokenExchange
    if (!given || (form.get('subject_token') ?? form.get('subjectToken')) !== subjectToken)
      return failure('invalid_grant', 'The given credential is rejected by the attribute condition.')
    return tokenAnswer(google, holder)
  }
}

/** iamcredentials.googleapis.com: a token of a service account that the caller may act as. */
export function iamCredentialsService(google: Google): Service {
  return (call) => {
    const [, email] =
      /^\/v1\/projects\/-\/serviceAccounts\/([^/:]+):generateAccessToken$/.exec(
        decodeURIComponent(call.url.pathname),
      ) ?? []
    const account = google.accounts.find((one) => one.email === email)
    if (google.accessTokens.valid(bearerOf(call)) === undefined || account === undefined)
      return json(403, { error: { code: 403, message: 'Permission denied', status: 'PERMISSION_DENIED' } })
    const expireTime = new Date(Date.now() + seconds * 1000).toISOString()
    return json(200, { accessToken: issueAccessToken(google, account), expireTime })
  }
}

/** The metadata service of a machine, which answers whom it knows by a header. */
export function instanceService(google: Google, holder: GoogleAccount): (call: Call) => Answer | undefined {
  const base = '/computeMetadata/v1/instance/service-accounts/default/'
  const headers = { 'metadata-flavor': 'Google' }
  return ({ url, headers: asked }) => {
    if (!url.pathname.startsWith('/computeMetadata') && url.pathname !== '/') return undefined
    if (asked['metadata-flavor'] !== 'Google') return text(403, 'Missing Metadata-Flavor:Google header.\n')
    if (url.pathname === `${base}token`) return json(200, { ...tokenBody(google, holder) }, headers)
    if (url.pathname === `${base}email`) return { ...text(200, holder.email), headers }
    if (url.pathname === '/computeMetadata/v1/project/project-id')
      return { ...text(200, google.project), headers }
    return { ...text(200, 'instance/\nproject/\n'), headers }
  }
}

function accountOfAssertion({ accounts }: Google, assertion: string | null): GoogleAccount | undefined {
  return accounts.find(({ email, signer }) => {
    const claims = verifiedClaims(assertion, signer.publicKey)
    return (
      claims?.['iss'] === email && String(claims['aud']).startsWith('https://oauth2.googleapis.com/token')
    )
  })
}

function tokenBody(google: Google, account: GoogleAccount): object {
  return { access_token: issueAccessToken(google, account), expires_in: seconds, token_type: 'Bearer' }
}

function tokenAnswer(google: Google, account: GoogleAccount): Answer {
  const issued = 'urn:ietf:params:oauth:token-type:access_token'
  return json(200, { ...tokenBody(google, account), issued_token_type: issued })
}

function textEntries(value: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)]))
}

function failure(error: string, description: string): Answer {
  return json(400, { error, error_description: description })
}
