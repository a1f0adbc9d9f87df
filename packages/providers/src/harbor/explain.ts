import { answerOf } from '@chartroom/oci'
import { firstSegment } from '../path.ts'
import type { Explanation } from '../provider.ts'

export const explanation: Explanation = {
  explain(error, { host, repository }, operation) {
    const project = firstSegment(repository)
    const status = answerOf(error)?.status
    if (status === 412)
      return {
        hint: 'A rule of the project makes the tag immutable, or wants a signature or a scan first: publish another version, or ask its administrator.',
      }
    if (error.code === 'LIMIT_EXCEEDED')
      return { hint: `The project ${project} takes no content of this size, or has used up its quota.` }
    if (error.code === 'ANONYMOUS_REFUSED')
      return {
        hint: `Log in: chartroom login ${host}. For a robot the name is as Harbor shows it, with its $: put it in single quotes.`,
      }
    if (error.code === 'UNAUTHENTICATED') {
      const right = operation === 'pull' || operation === 'push' ? operation : 'do this'
      return {
        hint: `Harbor answers alike to a wrong login, to one without the right to ${right}, and where there is no project ${project}: check all three. Users of single sign-on log in with the CLI secret of their profile; a robot may have expired.`,
      }
    }
    if (error.code === 'FORBIDDEN')
      return {
        hint:
          operation === 'push'
            ? `The account needs the right to push in the project ${project}; a project that mirrors another registry takes no pushes, and a full quota refuses them.`
            : `The account needs the right to pull in the project ${project}.`,
      }
    return undefined
  },
}
