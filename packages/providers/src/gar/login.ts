import { isChartroomError, Secret } from '@chartroom/errors'
import type { ProviderContext } from '../context.ts'
import type { DerivedLogin, LoginWays } from '../provider.ts'
import type { GoogleToken } from './google.ts'
import { googleToken } from './google.ts'

/** The name that stands beside an access token. */
const tokenUser = 'oauth2accesstoken'

export const login: LoginWays = {
  sources: [
    '`GOOGLE_OAUTH_ACCESS_TOKEN`, `CLOUDSDK_AUTH_ACCESS_TOKEN`',
    "Google's default credentials: `GOOGLE_APPLICATION_CREDENTIALS` (service account, workload identity), the login of gcloud for applications, the metadata server; an access token of an hour",
    '`gcloud auth print-access-token`',
  ],
  passwordsEnd: true,

  fromEnvironment({ env }) {
    const name = ['GOOGLE_OAUTH_ACCESS_TOKEN', 'CLOUDSDK_AUTH_ACCESS_TOKEN'].find((one) => env[one])
    const token = name === undefined ? undefined : env[name]
    if (name === undefined || !token) return undefined
    return { kind: 'basic', username: tokenUser, password: new Secret(token), source: name }
  },

  async derive(context) {
    const [found, error] = await defaultCredentials(context)
    if (found !== undefined) return loginBy(found, "Google's default credentials")
    const fromProgram = await gcloudToken(context)
    // What is wrong with the first way is worth knowing only where there is no second one.
    if (fromProgram === undefined && error !== undefined) throw error
    return fromProgram
  },
}

async function defaultCredentials(
  context: ProviderContext,
): Promise<[GoogleToken | undefined, Error | undefined]> {
  try {
    return [await googleToken(context), undefined]
  } catch (error) {
    if (!isChartroomError(error)) throw error
    return [undefined, error]
  }
}

async function gcloudToken({ run, now }: ProviderContext): Promise<DerivedLogin | undefined> {
  const answer = await run('gcloud', ['auth', 'print-access-token'])
  const token = answer?.code === 0 ? answer.stdout.trim() : ''
  if (token === '') return undefined
  // It does not say how old the token is that it had at hand: Google's live for an hour, gcloud's for five minutes more.
  return loginBy(
    { token: new Secret(token), expiresAt: now() + 5 * 60_000 },
    'gcloud auth print-access-token',
  )
}

function loginBy({ token, expiresAt }: GoogleToken, source: string): DerivedLogin {
  return { credential: { kind: 'basic', username: tokenUser, password: token, source }, expiresAt }
}
