import { Secret } from '@chartroom/errors'
import type { LoginWays } from '../provider.ts'
import { gitHubOf, runsOn } from './github.ts'

export const login: LoginWays = {
  sources: ['`GITHUB_TOKEN` with `GITHUB_ACTOR`', '`gh auth token`'],

  fromEnvironment({ env }, { host }) {
    const { GITHUB_TOKEN: token, GITHUB_ACTOR: actor } = env
    if (!token || !actor || !runsOn(host, { env })) return undefined
    return { kind: 'basic', username: actor, password: new Secret(token), source: 'GITHUB_TOKEN' }
  },

  async derive({ run }, { host }) {
    const answer = await run('gh', ['auth', 'token', '--hostname', gitHubOf(host)])
    const token = answer?.code === 0 ? answer.stdout.trim() : ''
    if (token === '') return undefined
    // The registry takes any name beside a token.
    return {
      credential: { kind: 'basic', username: 'gh', password: new Secret(token), source: 'gh auth token' },
    }
  },
}
