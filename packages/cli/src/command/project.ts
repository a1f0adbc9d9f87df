import { ChartroomError } from '@chartroom/errors'
import { isGitAddress } from '@chartroom/repository/node'
import { findProject } from '@chartroom/verbs'
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'

export async function run(invocation: Invocation): Promise<void> {
  const project = await findProject(invocation.environment.cwd)
  if (project === undefined) {
    throw new ChartroomError('NOT_FOUND', 'there is no chartroom.yaml here or above', {
      hint: 'Write one that begins so: {charts: [charts/*], destinations: [{to: oci://HOST/PATH}]}.',
    })
  }
  const { folder, charts = [], destinations = [] } = project
  await print(invocation, { folder, charts, destinations }, () => ({
    head: ['KIND', 'TO', 'REPO URL'],
    rows: destinations.map(({ to, repoUrl }) => [kindOf(to), to, repoUrl]),
  }))
}

function kindOf(to: string): string {
  if (to.startsWith('oci://')) return 'oci'
  return isGitAddress(to) ? 'git' : 'folder'
}
