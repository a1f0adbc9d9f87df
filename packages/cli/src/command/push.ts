import { resolve } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import { connect, openPlacements, publish, readPacked, registryDestination } from '@chartroom/verbs'
import { connectionOptions } from '../connection-options.ts'
import type { Invocation } from '../invocation.ts'
import { printPublished } from '../publish-output.ts'
import { repositoryWishes } from '../repository-wishes.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, environment } = invocation
  const to = args.at(-1) ?? ''
  if (!to.startsWith('oci://')) {
    throw new ChartroomError('USAGE', `the last argument must be where to push: oci://HOST/PATH, not ${to}`, {
      hint: 'A classic repository in a folder is written by chartroom publish --to DIR.',
    })
  }
  const charts = await Promise.all(
    args.slice(0, -1).map((path) => readPacked(resolve(environment.cwd, path))),
  )
  const connections = connect(environment, await connectionOptions(invocation, to))
  const placements = await openPlacements(environment)
  const destination = registryDestination({
    to,
    connections,
    placements,
    tags: [],
    force: flags.has('force'),
    wishes: repositoryWishes(invocation),
  })
  await printPublished(invocation, await publish(charts, [destination]))
}
