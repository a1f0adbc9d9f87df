import { resolve } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import { isGitAddress } from '@chartroom/repository/node'
import type { ConnectionOptions, Connections } from '../../connection.ts'
import { connect } from '../../connection.ts'
import type { Environment } from '../../environment.ts'
import type { Project, ProjectDestination } from '../../project/project.ts'
import { projectFileName } from '../../project/project.ts'
import type { RepositoryWishes } from '../../vendor/preparation.ts'
import type { Destination } from '../destination.ts'
import { folderDestination } from '../destination/folder.ts'
import type { Placements } from '../destination/placements.ts'
import { openPlacements } from '../destination/placements.ts'
import { registryDestination } from '../destination/registry.ts'
import { storeDestination } from '../destination/store.ts'
import { checkRepoUrl, checkTags } from './destination-settings.ts'

export interface DestinationRequest {
  readonly to: readonly string[]
  readonly tags: readonly string[]
  readonly repoUrl?: string | undefined
  readonly storage?: string | undefined
  readonly force: boolean
  readonly connection: ConnectionOptions
  readonly wishes?: RepositoryWishes | undefined
  /** Somebody sits at a terminal that a program may ask for a login. */
  readonly mayAsk?: boolean | undefined
}

/** The destinations of the flags, else of `chartroom.yaml`, else the local store. */
export async function chooseDestinations(
  request: DestinationRequest,
  environment: Environment,
  project: Project | undefined,
): Promise<Destination[]> {
  const wanted = request.to.length > 0 ? fromFlags(request) : fromProject(project)
  checkTags([...request.tags, ...wanted.flatMap(({ tags = [] }) => tags)])
  for (const { repoUrl } of wanted) checkRepoUrl(repoUrl)
  if (wanted.length === 0) return [await storeDestination({ ...request, environment, project })]
  const placements = await openPlacements(environment)
  const connected = oneForAlike(environment)
  return Promise.all(wanted.map((one) => open(one, { ...request, placements, connected }, environment)))
}

/** One connection for destinations with the same settings: a login is asked for once then. */
function oneForAlike(environment: Environment): (options: ConnectionOptions) => Connections {
  const known = new Map<string, Connections>()
  return (options) => {
    const key = JSON.stringify([options.plainHttp, options.caFile, options.trustedRealms])
    const connections = known.get(key) ?? connect(environment, options)
    known.set(key, connections)
    return connections
  }
}

interface OpenRequest extends DestinationRequest {
  readonly placements: Placements
  readonly connected: (options: ConnectionOptions) => Connections
}

function fromFlags({ to, repoUrl, connection }: DestinationRequest): ProjectDestination[] {
  const registries = to.filter(isRegistry)
  const folders = to.filter((one) => !isRegistry(one))
  if (repoUrl !== undefined)
    refuseUnlessOne('--repo-url', folders, folders.some(isGitAddress) ? 'folder or branch' : 'folder')
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
  const inProject = (path: string): string => resolve(project?.folder ?? '', path)
  return (project?.destinations ?? []).map(({ caFile, ...one }) => ({
    ...one,
    to: isRegistry(one.to) || isGitAddress(one.to) ? one.to : inProject(one.to),
    ...(caFile === undefined ? {} : { caFile: inProject(caFile) }),
  }))
}

async function open(
  one: ProjectDestination,
  request: OpenRequest,
  environment: Environment,
): Promise<Destination> {
  const { force, connection, placements, connected, wishes, mayAsk } = request
  const tags = [...new Set([...request.tags, ...(one.tags ?? [])])]
  if (isGitAddress(one.to)) {
    const { gitDestination } = await import('../destination/git.ts')
    return gitDestination({ ...one, environment, force, mayAsk })
  }
  if (!isRegistry(one.to)) {
    const folder = resolve(environment.cwd, one.to)
    return folderDestination({ to: one.to, folder, repoUrl: one.repoUrl, force })
  }
  const { plainHttp = connection.plainHttp, caFile = connection.caFile } = one
  const trustedRealms = [...(connection.trustedRealms ?? []), ...(one.trustedRealms ?? [])]
  const connections = connected({ ...connection, plainHttp, caFile, trustedRealms })
  return registryDestination({ to: one.to, connections, tags, force, placements, wishes })
}

function isRegistry(to: string): boolean {
  // As git itself spells an address of ssh: it would become a folder of that name.
  const [, user, host, path] = /^([\w.-]+)@([\w.-]+):(.+)$/.exec(to) ?? []
  if (host !== undefined) {
    throw new ChartroomError('USAGE', `${to} names no branch`, {
      hint: `Write git+ssh://${user}@${host}/${path}#BRANCH; a folder of that name is ./${to}.`,
    })
  }
  if (/^[a-z][a-z0-9+]*:\/\//i.test(to) && !isGitAddress(to) && !to.startsWith('oci://')) {
    throw new ChartroomError('USAGE', `${to} is not a place chartroom can publish to`, {
      hint: 'Write oci://HOST/PATH for a registry, git+https://HOST/REPOSITORY#BRANCH for a branch, or a folder for a classic repository.',
    })
  }
  return to.startsWith('oci://')
}

function refuseUnlessOne(flag: string, destinations: readonly string[], kind: string): void {
  if (destinations.length === 1) return
  const forBranch = flag === '--username' ? '; git takes logins from GITHUB_TOKEN and credential helpers' : ''
  const hint =
    destinations.length === 0
      ? `Leave ${flag} out${forBranch}.`
      : `Describe several destinations in ${projectFileName}, each with its own settings.`
  throw new ChartroomError(
    'USAGE',
    `${flag} needs exactly one ${kind} destination, not ${destinations.length}`,
    { hint },
  )
}
