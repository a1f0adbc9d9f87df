import { startCore } from '../core.ts'
import { createTokenSigner } from '../jwt.ts'
import { createKnobs } from '../knobs.ts'
import type { Answer, Call, Service } from '../message.ts'
import { specError } from '../message.ts'
import { randomToken, TicketOffice } from '../ticket.ts'
import type { Login, Vendor } from '../vendor.ts'
import { apiAnswer } from './api.ts'
import { registryService, tokenAnswer } from './registry.ts'
import type { HarborAccount, HarborProject, HarborWorld } from './world.ts'
import { createProject, everything } from './world.ts'

/** One Harbor, with its token service and its interface. */
export interface Harbor extends Vendor {
  readonly admin: Login
  /** Of the project `library`, and of the project `other`: one robot each. */
  readonly robot: Login
  readonly otherRobot: Login
  setProject(name: string, options?: Partial<HarborProject>): void
  project(name: string): HarborProject | undefined
  hasProject(name: string): boolean
}

const host = 'harbor.example.com'

export async function startHarbor(): Promise<Harbor> {
  const core = await startCore()
  const admin = account('admin', {}, true)
  const writer = account('developer', { library: everything })
  const reader = account('guest', { library: ['pull'] })
  const robot = account('robot$library+ci', { library: ['pull', 'push'] })
  const otherRobot = account('robot$other+ci', { other: ['pull', 'push'] })
  const harbor: HarborWorld = {
    core,
    host,
    signer: createTokenSigner(),
    accounts: [admin, writer, reader, robot, otherRobot],
    tokens: new TicketOffice(),
    projects: new Map(),
  }
  createProject(harbor, 'library')
  createProject(harbor, 'other')
  createProject(harbor, 'mirror', { isProxyCache: true, isPublic: true })
  const box = createKnobs({ expireAll: () => harbor.tokens.expireAll(), tooMany })
  const registry = registryService(harbor)
  const sid = randomToken('', 12)
  const service: Service = async (call) => {
    const reply = keepsCookie(call, sid) ?? (await route(call))
    return { ...reply, headers: { 'set-cookie': `sid=${sid}; Path=/; HttpOnly`, ...reply.headers } }
  }
  const route: Service = (call) => {
    if (call.url.pathname === '/service/token') return tokenAnswer(harbor, call)
    if (call.url.pathname.startsWith('/api/v2.0/')) return apiAnswer(harbor, call)
    return box.answer(call) ?? registry(call)
  }
  return {
    host,
    namespace: 'library',
    elsewhere: 'missing',
    writer,
    reader,
    accountEnv: {},
    prepare() {},
    admin,
    robot,
    otherRobot,
    ledger: core.ledger,
    remove: (repository, reference) => core.remove(repository, reference),
    leaks: [],
    sites: [{ host, service }],
    ...box.knobs,
    setProject: (name, options) => createProject(harbor, name, { ...harbor.projects.get(name), ...options }),
    project: (name) => harbor.projects.get(name),
    hasProject: (name) => harbor.projects.has(name),
    close: () => core.close(),
  }
}

// Who keeps the cookie of a login is taken for a browser, and must show that it is no forgery.
function keepsCookie({ method, headers }: Call, sid: string): Answer | undefined {
  if (headers.cookie?.includes(`sid=${sid}`) !== true || method === 'GET' || method === 'HEAD')
    return undefined
  return headers['x-harbor-csrf-token'] === undefined
    ? specError({ status: 403, code: 'FORBIDDEN', message: 'CSRF token not found in request' })
    : undefined
}

function account(
  username: string,
  projects: Readonly<Record<string, readonly string[]>>,
  isAdmin = false,
): HarborAccount {
  return { username, password: randomToken('', 18), projects: new Map(Object.entries(projects)), isAdmin }
}

function tooMany(retryAfter: string): Answer {
  const headers = { 'retry-after': retryAfter }
  return specError({ status: 429, code: 'TOOMANYREQUESTS', message: 'too many requests', headers })
}
