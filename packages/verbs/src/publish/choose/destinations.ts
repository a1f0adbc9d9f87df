import { resolve } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import type { ConnectionOptions } from '../../connection.ts'
import { connect } from '../../connection.ts'
import type { Environment } from '../../environment.ts'
import type { Project, ProjectDestination } from '../../project/project.ts'
import { projectFileName } from '../../project/project.ts'
import type { Destination } from '../destination.ts'
import { FolderDestination } from '../destination/folder.ts'
import { registryDestination } from '../destination/oci.ts'
import { Placements } from '../destination/placements.ts'
import { storeDestination } from '../destination/store.ts'

export interface DestinationRequest {
  readonly to: readonly string[]
  readonly tags: readonly string[]
  readonly repoUrl?: string | undefined
  readonly storage?: string | undefined
  readonly force: boolean
  readonly connection: ConnectionOptions
}

/** The destinations of the flags, else of `chartroom.yaml`, else the local store. */
export async function chooseDestinations(
  request: DestinationRequest,
  environment: Environment,
  project: Project | undefined,
): Promise<Destination[]> {
  const wanted = request.to.length > 0 ? fromFlags(request) : fromProject(project)
  if (wanted.length === 0) return [await storeDestination({ ...request, environment, project })]
  const placements = new Placements()
  return Promise.all(wanted.map((one) => open(one, { ...request, placements }, environment)))
}

function fromFlags({ to, repoUrl, connection }: DestinationRequest): ProjectDestination[] {
  const registries = to.filter(isRegistry)
  const folders = to.filter((one) => !isRegistry(one))
  if (repoUrl !== undefined) refuseUnlessOne('--repo-url', folders, 'folder')
  for (const [flag, given] of [
    ['--username', connection.username],
    ['--ca-file', connection.caFile],
    ['--plain-http', connection.plainHttp],
  ] as const) {
    if (given !== undefined) refuseUnlessOne(flag, registries, 'registry')
  }
  return to.map((one) => (isRegistry(one) || repoUrl === undefined ? { to: one } : { to: one, repoUrl }))
}

function fromProject(project: Project | undefined): ProjectDestination[] {
  return (project?.destinations ?? []).map((one) =>
    isRegistry(one.to) ? one : { ...one, to: resolve(project?.folder ?? '', one.to) },
  )
}

async function open(
  one: ProjectDestination,
  request: DestinationRequest & { readonly placements: Placements },
  environment: Environment,
): Promise<Destination> {
  const { force, connection, placements } = request
  const tags = [...new Set([...request.tags, ...(one.tags ?? [])])]
  if (!isRegistry(one.to)) {
    const folder = resolve(environment.cwd, one.to)
    return new FolderDestination({ to: one.to, folder, repoUrl: one.repoUrl, force })
  }
  const { plainHttp = connection.plainHttp, caFile = connection.caFile } = one
  const connections = connect(environment, { ...connection, plainHttp, caFile })
  return registryDestination({ to: one.to, connections, tags, force, placements })
}

function isRegistry(to: string): boolean {
  if (/^[a-z][a-z0-9+]*:\/\//i.test(to) && !to.startsWith('oci://')) {
    throw new ChartroomError('USAGE', `${to} is not a place chartroom can publish to`, {
      hint: 'Write oci://HOST/PATH for a registry, or a folder for a classic repository.',
    })
  }
  return to.startsWith('oci://')
}

function refuseUnlessOne(flag: string, destinations: readonly string[], kind: string): void {
  if (destinations.length === 1) return
  throw new ChartroomError(
    'USAGE',
    `${flag} needs exactly one ${kind} destination, not ${destinations.length}`,
    {
      hint: `Describe several destinations in ${projectFileName}, each with its own settings.`,
    },
  )
}
