import { repoList } from '@chartroom/verbs'
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'

export async function run(invocation: Invocation): Promise<void> {
  const repositories = await repoList(invocation.environment)
  await print(invocation, repositories, () =>
    repositories.length === 0
      ? 'no repositories to show'
      : { head: ['NAME', 'URL'], rows: repositories.map(({ name, url }) => [name, url]) },
  )
}
