import { ChartroomError, Secret } from '@chartroom/errors'
import { contentOf, readAll } from '@chartroom/oci'
import type { Origin } from '@chartroom/oci'
import { apiError, parseJson, textMember } from '../api.ts'
import type { ProviderContext } from '../context.ts'
import { jwtClaim } from '../jwt.ts'
import { limits } from '../limits.ts'
import type { DerivedLogin, LoginWays } from '../provider.ts'
import { entraToken } from './identity.ts'

/** The name that stands beside a refresh token where a password is expected. */
const nobody = '00000000-0000-0000-0000-000000000000'

export const login: LoginWays = {
  sources: [
    "Azure's own chain: `AZURE_CLIENT_ID` with a secret or certificate, workload identity, managed identity, `az`, `azd`; a refresh token of 3 hours",
  ],
  passwordsEnd: true,

  async derive(context, origin) {
    for (const audience of audiencesOf(origin.host)) {
      const token = await entraToken(context, audience)
      if (token === undefined) return undefined
      const login_ = await exchange(context, origin, token)
      if (login_ !== undefined) return login_
    }
    throw new ChartroomError('UNAUTHENTICATED', `${origin.host} takes no token of the Azure account here`, {
      op: 'login',
      origin: origin.host,
      hint: 'The account must be of the tenant of the registry: az account show tells which one it is.',
    })
  },
}

/** The audience of registries, and that of all of Azure, which older registries want. */
function audiencesOf(host: string): readonly string[] {
  if (host.endsWith('.azurecr.cn')) return ['https://management.chinacloudapi.cn']
  if (host.endsWith('.azurecr.us')) return ['https://management.usgovcloudapi.net']
  return ['https://containerregistry.azure.net', 'https://management.azure.com']
}

/** A token of Entra for a refresh token of the registry; undefined where the registry does not take it. */
async function exchange(
  { transport, now }: ProviderContext,
  { scheme, host }: Origin,
  token: Secret,
): Promise<DerivedLogin | undefined> {
  const url = new URL(`${scheme}://${host}/oauth2/exchange`)
  const form = new URLSearchParams({
    grant_type: 'access_token',
    service: host,
    access_token: token.reveal(),
  })
  const bytes = new TextEncoder().encode(form.toString())
  const { status, headers, body } = await transport.request({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: contentOf(bytes),
    bodySize: bytes.length,
  })
  const answer = parseJson(await readAll(body, limits.answerBytes))
  if (status === 401) return undefined
  const refreshToken = textMember(answer, 'refresh_token')
  if (status !== 200 || refreshToken === undefined) {
    throw apiError(
      { status, headers, body: answer },
      { method: 'POST', url },
      'Check that this is a registry of Azure, and try again.',
    )
  }
  const expires = jwtClaim(refreshToken, 'exp')
  return {
    credential: {
      kind: 'basic',
      username: nobody,
      password: new Secret(refreshToken),
      source: "Azure's login",
    },
    // Three hours is what a registry gives at most.
    expiresAt: typeof expires === 'number' ? expires * 1000 : now() + 3 * 3_600_000,
  }
}
