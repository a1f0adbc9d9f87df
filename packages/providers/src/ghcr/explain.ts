import { firstSegment } from '../path.ts'
import type { Explanation } from '../provider.ts'

export const explanation: Explanation = {
  explain({ code }, { host, repository }, operation) {
    const owner = firstSegment(repository)
    if (code === 'ANONYMOUS_REFUSED')
      return {
        hint: `GitHub answers alike for what is private and what is not there. Log in: chartroom login ${host}, or set GITHUB_TOKEN and GITHUB_ACTOR.`,
      }
    if (code !== 'FORBIDDEN' && code !== 'UNAUTHENTICATED') return undefined
    if (operation === 'push')
      return {
        hint: `The token needs write:packages (in a workflow: permissions: packages: write) and the right to write packages of ${owner}. A package that was made by hand must first be linked to the repository of the workflow. Fine-grained tokens are not taken.`,
      }
    return {
      hint: `The token needs read:packages, and its owner must see the packages of ${owner}. GitHub answers alike for what is private and what is not there.`,
    }
  },
}
