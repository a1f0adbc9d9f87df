import { ChartroomError } from '@chartroom/errors'
import type { RepositoryWishes } from '@chartroom/verbs'
import type { Invocation } from './invocation.ts'

/** The flags on repositories that are not there yet. */
export function repositoryWishes({ flags }: Invocation): RepositoryWishes {
  const create = flags.has('create-repository')
  const [alone] = ['immutable-tags', 'scan-on-push'].filter((name) => flags.has(name))
  if (!create && alone !== undefined) {
    throw new ChartroomError('USAGE', `--${alone} is for a repository that is made`, {
      hint: 'Pass --create-repository with it. A repository that is there is changed with the tools of its vendor.',
    })
  }
  return { create, immutableTags: flags.has('immutable-tags'), scanOnPush: flags.has('scan-on-push') }
}
