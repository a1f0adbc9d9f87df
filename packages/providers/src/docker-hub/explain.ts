import type { Explanation } from '../provider.ts'

export const explanation: Explanation = {
  explain({ code }, { host, repository }, operation) {
    switch (code) {
      case 'RATE_LIMITED':
        return {
          hint: 'Docker Hub allows 100 pulls in 6 hours without a login, and 200 to a free account: log in, or wait.',
        }
      case 'ANONYMOUS_REFUSED':
        return {
          hint: `Docker Hub answers alike for what is private and what is not there. Log in: chartroom login ${host}.`,
        }
      case 'UNAUTHENTICATED':
        return {
          hint: 'Use an access token in place of the password; accounts with single sign-on take nothing else.',
        }
      case 'FORBIDDEN':
        return {
          hint:
            operation === 'push'
              ? `The token needs the right to write, and the account a role in the namespace of ${repository}; a private repository may be one too many for the plan.`
              : `Docker Hub answers alike for what is private and what is not there: check ${repository} and the token's rights.`,
        }
      default:
        return undefined
    }
  },
}
