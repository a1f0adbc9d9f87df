import { ChartroomError, Secret } from '@chartroom/errors'
import type { ProviderContext } from '../context.ts'
import type { DerivedLogin, LoginWays } from '../provider.ts'
import { awsError, foundNothing } from './aws-error.ts'
import { openEcr, openEcrPublic } from './client.ts'
import type { EcrHost } from './host.ts'
import { ecrHost } from './host.ts'

export const login: LoginWays = {
  sources: [
    "AWS's own chain: `AWS_ACCESS_KEY_ID`, `AWS_PROFILE` and SSO, web identity, container, instance; a password of 12 hours",
  ],
  passwordsEnd: true,

  async derive(context, { host }) {
    const parts = ecrHost(host)
    if (parts === undefined) return undefined
    try {
      return passwordOf(await authorization(context, parts), host)
    } catch (error) {
      if (foundNothing(error)) return undefined
      throw awsError(error, { op: 'login', host })
    }
  },
}

interface Authorization {
  readonly authorizationToken?: string | undefined
  readonly expiresAt?: Date | undefined
}

async function authorization(context: ProviderContext, parts: EcrHost): Promise<Authorization | undefined> {
  if (parts.kind === 'public') {
    const { sdk, client } = await openEcrPublic(context)
    return (await client.send(new sdk.GetAuthorizationTokenCommand({}))).authorizationData
  }
  const { sdk, client } = await openEcr(context, parts)
  return (await client.send(new sdk.GetAuthorizationTokenCommand({}))).authorizationData?.[0]
}

// The token is the base64 of `AWS:PASSWORD`.
function passwordOf(data: Authorization | undefined, host: string): DerivedLogin {
  const text = Buffer.from(data?.authorizationToken ?? '', 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 1) {
    throw new ChartroomError('SERVER_ERROR', `AWS gave no password for ${host}`, {
      op: 'login',
      origin: host,
    })
  }
  return {
    credential: {
      kind: 'basic',
      username: text.slice(0, colon),
      password: new Secret(text.slice(colon + 1)),
      source: "AWS's credentials",
    },
    expiresAt: data?.expiresAt?.getTime(),
  }
}
