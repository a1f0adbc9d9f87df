import { answerOf } from '@chartroom/oci'
import type { Explanation } from '../provider.ts'

export const explanation: Explanation = {
  explain(error, { host, repository }, operation) {
    const status = answerOf(error)?.status
    if ((status === 405 || status === 409) && operation !== 'pull' && operation !== 'list')
      return {
        hint: `A tag or manifest of ${repository} is locked: az acr repository show --image ${repository}:TAG tells, az acr repository update --write-enabled true --delete-enabled true opens it.`,
      }
    switch (error.code) {
      case 'ANONYMOUS_REFUSED':
        return {
          hint: `No login for Azure was found here (AZURE_ variables, workload or managed identity, az): az login, or chartroom login ${host} with the ID and secret of a service principal.`,
        }
      case 'UNAUTHENTICATED':
        return {
          hint: `Refresh tokens end after 3 hours, and secrets of service principals too: log in again with chartroom login ${host}.`,
        }
      case 'FORBIDDEN':
        return {
          hint:
            operation === 'push'
              ? `The account needs the role AcrPush or, where the registry gives roles by repository, Container Registry Repository Writer on ${repository}.`
              : operation === 'delete'
                ? `The account needs the role AcrDelete or, where the registry gives roles by repository, Container Registry Repository Contributor on ${repository}.`
                : `The account needs the role AcrPull or, where the registry gives roles by repository, Container Registry Repository Reader on ${repository}.`,
        }
      case 'RATE_LIMITED':
        return { hint: 'The registry wants fewer requests at once: wait, or take a higher tier.' }
      default:
        return undefined
    }
  },
}
