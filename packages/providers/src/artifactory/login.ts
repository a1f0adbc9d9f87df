import { Secret } from '@chartroom/errors'
import { jwtClaim } from '../jwt.ts'
import type { LoginWays } from '../provider.ts'

export const login: LoginWays = {
  sources: ['`JF_URL` with `JF_ACCESS_TOKEN`, or with `JF_USER` and `JF_PASSWORD`'],

  fromEnvironment({ env }, { host }) {
    const { JF_URL: url, JF_ACCESS_TOKEN: token, JF_USER: user, JF_PASSWORD: password } = env
    if (!url || !URL.canParse(url) || new URL(url).host !== host) return undefined
    if (token)
      return {
        kind: 'basic',
        username: user || userOf(token) || 'token',
        password: new Secret(token),
        source: 'JF_ACCESS_TOKEN',
      }
    if (!user || !password) return undefined
    return { kind: 'basic', username: user, password: new Secret(password), source: 'JF_PASSWORD' }
  },
}

/** Whom an access token was given to: the last part of its subject, `jfac@ID/users/NAME`. */
function userOf(token: string): string | undefined {
  const subject = jwtClaim(token, 'sub')
  return typeof subject === 'string' ? subject.split('/users/')[1] : undefined
}
