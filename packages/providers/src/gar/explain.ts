import type { Explanation } from '../provider.ts'
import { garPlace, resourceName } from './place.ts'

export const explanation: Explanation = {
  explain(error, { host, repository }, operation) {
    const parts = garPlace({ host, repository })
    const name = parts === undefined ? repository : resourceName(parts)
    switch (error.code) {
      case 'REPOSITORY_NOT_FOUND':
        return {
          hint:
            operation === 'push'
              ? `There is no ${name}, or this account may not see it: pass --create-repository, or check project, location and name.`
              : `Check the path: ${name} is what it names.`,
        }
      case 'ANONYMOUS_REFUSED':
        return {
          hint: `No login for Google was found here: gcloud auth application-default login, or GOOGLE_APPLICATION_CREDENTIALS; or gcloud auth print-access-token | chartroom login ${host} --username oauth2accesstoken --password-stdin`,
        }
      case 'UNAUTHENTICATED':
        return { hint: `Access tokens of Google end after an hour. Log in again: chartroom login ${host}` }
      case 'FORBIDDEN':
        return {
          hint:
            operation === 'push'
              ? `The account needs the role Artifact Registry Writer on ${name}. Google answers alike for what is not there.`
              : operation === 'delete'
                ? `The account needs the role Artifact Registry Repository Administrator on ${name}; immutable tags stay.`
                : `The account needs the role Artifact Registry Reader on ${name}. Google answers alike for what is not there.`,
        }
      default:
        return undefined
    }
  },
}
