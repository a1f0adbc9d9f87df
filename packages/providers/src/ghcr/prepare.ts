import { segmentsOf } from '../path.ts'
import type { Preparation } from '../provider.ts'
import { runsOn } from './github.ts'

export const preparation: Preparation = {
  rule: 'OWNER/PATH/CHART of any depth, all in lower case; the owner is a GitHub user or organisation',

  checkPath({ host, repository }) {
    const lower = repository.toLowerCase()
    if (lower !== repository)
      return { problem: `${host} takes owners and names in lower case only`, corrected: `${host}/${lower}` }
    if (segmentsOf(repository).length < 2)
      return { problem: `${host} keeps packages below an owner`, corrected: `${host}/OWNER/${repository}` }
    return undefined
  },

  // It links the package to its repository, and gives that repository's workflows the right to push.
  annotations({ env }) {
    const { GITHUB_REPOSITORY: repository, GITHUB_SERVER_URL: server = 'https://github.com' } = env
    if (!repository || !runsOn('ghcr.io', { env })) return {}
    return { 'org.opencontainers.image.source': `${server}/${repository}` }
  },
}
