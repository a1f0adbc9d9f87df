import { answerOf } from '@chartroom/oci'
import { firstSegment } from '../path.ts'
import type { Explanation } from '../provider.ts'

export const explanation: Explanation = {
  explain(error, { host, repository }, operation) {
    const key = firstSegment(repository)
    const status = answerOf(error)?.status
    if (status === 405 && operation === 'push')
      return {
        hint: `The repository ${key} takes no pushes: it is remote, or virtual without a repository to deploy to; or the reverse proxy before it does not pass /v2/ on.`,
      }
    if (error.code === 'REPOSITORY_NOT_FOUND' || error.code === 'NOT_FOUND')
      return {
        hint: `The first part of the path is the repository key: check ${key}, then the chart and version.`,
      }
    if (error.code === 'UNAUTHENTICATED' || error.code === 'ANONYMOUS_REFUSED')
      return {
        hint: `Log in with an identity or access token as the password: chartroom login ${host}. API keys are no longer taken.`,
      }
    if (error.code === 'FORBIDDEN')
      return {
        hint:
          operation === 'push'
            ? `The account needs the permissions to deploy in ${key}, and to overwrite where the version is there already.`
            : `The account needs the permission to read ${key}.`,
      }
    return undefined
  },
}
