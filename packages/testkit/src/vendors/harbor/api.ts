import type { Entry } from '../ledger.ts'
import type { Answer, Call } from '../message.ts'
import { basicOf, json, jsonOf, specError, textOf } from '../message.ts'
import { randomToken } from '../ticket.ts'
import type { HarborAccount, HarborProject, HarborWorld } from './world.ts'
import { accountOf, actionsOf, createProject } from './world.ts'

/** `/api/v2.0` of a Harbor, as far as publishing and retention need it. */
export async function apiAnswer(harbor: HarborWorld, call: Call): Promise<Answer> {
  const path = call.url.pathname.replace(/^\/api\/v2\.0/, '')
  if (path === '/ping') return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'Pong' }
  if (path === '/systeminfo')
    return json(200, { auth_mode: 'db_auth', harbor_version: 'v2.14.0', registry_url: harbor.host })
  const login = basicOf(call)
  const account = accountOf(harbor, login)
  if (login !== undefined && account === undefined) return refused(401, 'UNAUTHORIZED', 'unauthorized')
  if (path === '/projects') return projects(harbor, call, account)
  if (path === '/robots' && call.method === 'POST') return createRobot(harbor, call, account)
  const [, name, rest] = /^\/projects\/([^/]+)(\/.*)?$/.exec(path) ?? []
  if (name === undefined) return refused(404, 'NOT_FOUND', 'not found')
  const project = findProject(harbor, name, call)
  if (project === undefined) return missing(name, account)
  if (!project.isPublic && actionsOf(harbor, account, project.name).length === 0)
    return refused(
      account === undefined ? 401 : 403,
      account === undefined ? 'UNAUTHORIZED' : 'FORBIDDEN',
      'forbidden',
    )
  if (rest === undefined) return json(200, projectBody(project))
  if (rest === '/immutabletagrules' && call.method === 'POST')
    return makeImmutable(harbor, project.name, account)
  return artifacts(harbor, { call, account, project: project.name, path: rest })
}

/** By number, or by name where a header says so. */
function findProject(
  { projects }: HarborWorld,
  name: string,
  { headers }: Call,
): (HarborProject & { name: string }) | undefined {
  const byName = headers['x-is-resource-name'] === 'true' || !/^\d+$/.test(name)
  const found = [...projects].find(([one, { id }]) => (byName ? one === name : String(id) === name))
  return found === undefined ? undefined : { ...found[1], name: found[0] }
}

// Only an administrator learns that there is no such project.
function missing(name: string, account: HarborAccount | undefined): Answer {
  if (account === undefined) return refused(401, 'UNAUTHORIZED', 'unauthorized')
  return account.isAdmin
    ? refused(404, 'NOT_FOUND', `project ${name} not found`)
    : refused(403, 'FORBIDDEN', 'forbidden')
}

async function projects(
  harbor: HarborWorld,
  call: Call,
  account: HarborAccount | undefined,
): Promise<Answer> {
  if (call.method === 'HEAD')
    return { status: harbor.projects.has(call.url.searchParams.get('project_name') ?? '') ? 200 : 404 }
  if (call.method !== 'POST')
    return json(
      200,
      [...harbor.projects].map(([name, project]) => projectBody({ ...project, name })),
    )
  if (account?.isAdmin !== true) return refused(account === undefined ? 401 : 403, 'FORBIDDEN', 'forbidden')
  const given = await jsonOf(call)
  const name = textOf(given, 'project_name') ?? ''
  if (harbor.projects.has(name)) return refused(409, 'CONFLICT', `The project named ${name} already exists`)
  const metadata = given['metadata'] as { public?: string } | undefined
  createProject(harbor, name, { isPublic: metadata?.public === 'true' })
  return { status: 201, headers: { location: `/api/v2.0/projects/${harbor.projects.size}` } }
}

function projectBody({ id, name, isPublic, isProxyCache }: HarborProject & { name: string }): object {
  const registry = isProxyCache ? { registry_id: 1 } : {}
  return { project_id: id, name, metadata: { public: String(isPublic) }, ...registry }
}

function makeImmutable({ projects }: HarborWorld, name: string, account: HarborAccount | undefined): Answer {
  const project = projects.get(name)
  if (account?.isAdmin !== true || project === undefined) return refused(403, 'FORBIDDEN', 'forbidden')
  project.immutable = /^/
  return { status: 201, headers: { location: `/api/v2.0/projects/${name}/immutabletagrules/1` } }
}

interface Inside {
  readonly call: Call
  readonly account: HarborAccount | undefined
  readonly project: string
  readonly path: string
}

async function artifacts(harbor: HarborWorld, { call, account, project, path }: Inside): Promise<Answer> {
  const [, encoded = '', reference, tag] =
    /^\/repositories\/([^/]+)\/artifacts(?:\/([^/]+)(?:\/tags\/([^/]+))?)?$/.exec(path) ?? []
  // A slash in the name is encoded twice; once, it is taken for a slash of the path.
  if (encoded === '' || /%2f/i.test(encoded)) return refused(404, 'NOT_FOUND', 'not found')
  const repository = `${project}/${decodeURIComponent(decodeURIComponent(encoded))}`
  const { ledger } = harbor.core
  if (reference === undefined) return artifactPage(call, ledger.entries(repository))
  const entry = ledger.find(repository, decodeURIComponent(reference))
  if (entry === undefined) return refused(404, 'NOT_FOUND', `artifact ${repository}:${reference} not found`)
  if (call.method !== 'DELETE') return json(200, artifactOf(entry))
  if (!actionsOf(harbor, account, repository).includes('delete'))
    return refused(account === undefined ? 401 : 403, 'FORBIDDEN', 'forbidden')
  const rule = harbor.projects.get(project)?.immutable
  const locked = entry.tags.find((one) => rule?.test(one) === true && (tag === undefined || tag === one))
  if (locked !== undefined)
    return refused(412, 'PRECONDITION', `the tag ${locked} configured as immutable, cannot be deleted`)
  await harbor.core.remove(repository, tag === undefined ? entry.digest : decodeURIComponent(tag))
  if (tag === undefined) {
    for (const { digest, subject } of [...ledger.entries(repository)])
      if (subject === entry.digest) await harbor.core.remove(repository, digest)
  }
  return { status: 200 }
}

function artifactPage({ url }: Call, entries: readonly Entry[]): Answer {
  const size = Math.min(Number(url.searchParams.get('page_size') ?? 10), 100)
  const page = Number(url.searchParams.get('page') ?? 1)
  const all = entries.filter(({ subject }) => subject === undefined).map(artifactOf)
  all.reverse()
  const more = page * size < all.length
  const next = new URL(url)
  next.searchParams.set('page', String(page + 1))
  const headers = {
    'x-total-count': String(all.length),
    ...(more ? { link: `<${next.pathname}${next.search}>; rel="next"` } : {}),
  }
  return json(200, all.slice((page - 1) * size, page * size), headers)
}

function artifactOf({ id, digest, tags, mediaType, artifactType, totalSize, pushedAt }: Entry): object {
  const at = new Date(pushedAt).toISOString()
  return {
    id,
    digest,
    type: artifactType === 'application/vnd.cncf.helm.config.v1+json' ? 'CHART' : 'IMAGE',
    media_type: artifactType,
    manifest_media_type: mediaType,
    size: totalSize,
    push_time: at,
    pull_time: '0001-01-01T00:00:00.000Z',
    tags: tags.length === 0 ? null : tags.map((name) => ({ name, push_time: at, immutable: false })),
    extra_attrs: {},
    addition_links: {},
    accessories: null,
  }
}

async function createRobot(
  harbor: HarborWorld,
  call: Call,
  account: HarborAccount | undefined,
): Promise<Answer> {
  if (account?.isAdmin !== true) return refused(account === undefined ? 401 : 403, 'FORBIDDEN', 'forbidden')
  const given = (await jsonOf(call)) as unknown as {
    name: string
    level: string
    permissions: { namespace: string; access: { resource: string; action: string }[] }[]
  }
  const [first] = given.permissions
  const name = given.level === 'project' ? `robot$${first?.namespace}+${given.name}` : `robot$${given.name}`
  const actions = (access: readonly { resource: string; action: string }[]): string[] =>
    access
      .filter(({ resource }) => resource === 'repository' || resource === 'artifact')
      .map(({ action }) => action)
  const robot: HarborAccount = {
    username: name,
    password: randomToken('', 24),
    isAdmin: false,
    projects: new Map(given.permissions.map(({ namespace, access }) => [namespace, actions(access)])),
  }
  harbor.accounts.push(robot)
  return json(201, { id: harbor.accounts.length, name, secret: robot.password, expires_at: -1 })
}

function refused(status: number, code: string, message: string): Answer {
  return specError({ status, code, message })
}
