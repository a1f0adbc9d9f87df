import { Secret } from '@chartroom/errors'
import type { LoginWays } from '../provider.ts'

export const login: LoginWays = {
  sources: ['`DOCKERHUB_USERNAME` with `DOCKERHUB_TOKEN` or `DOCKERHUB_PASSWORD`'],

  fromEnvironment({ env }) {
    const username = env.DOCKERHUB_USERNAME
    const password = env.DOCKERHUB_TOKEN || env.DOCKERHUB_PASSWORD
    if (!username || !password) return undefined
    return { kind: 'basic', username, password: new Secret(password), source: 'DOCKERHUB_USERNAME' }
  },
}
