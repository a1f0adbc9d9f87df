import { startCore } from '../core.ts'
import { createKnobs } from '../knobs.ts'
import type { Answer, Service } from '../message.ts'
import { specError } from '../message.ts'
import { randomToken, TicketOffice } from '../ticket.ts'
import type { Login, Vendor } from '../vendor.ts'
import { apiAnswer } from './api.ts'
import { registryService } from './registry.ts'
import type { Jfrog, JfrogRepository, JfrogUser } from './world.ts'

/** One Artifactory of JFrog's cloud. */
export interface Artifactory extends Vendor {
  readonly admin: Login
  repository(key: string): JfrogRepository | undefined
}

const host = 'acme.jfrog.io'

export async function startArtifactory(): Promise<Artifactory> {
  const core = await startCore()
  const admin = user('admin', {}, true)
  const writer = user('deployer', { charts: ['read', 'deploy', 'delete'], mirror: ['read', 'deploy'] })
  const reader = user('guest', { charts: ['read'] })
  const jfrog: Jfrog = {
    core,
    host,
    users: [admin, writer, reader],
    tokens: new TicketOffice(),
    repositories: new Map<string, JfrogRepository>([
      ['charts', { packageType: 'helmoci', rclass: 'local' }],
      ['classic', { packageType: 'helm', rclass: 'local' }],
      ['mirror', { packageType: 'helmoci', rclass: 'remote' }],
    ]),
  }
  const box = createKnobs({ expireAll: () => jfrog.tokens.expireAll(), tooMany })
  const registry = registryService(jfrog)
  const route: Service = (call) => {
    const { pathname } = call.url
    const isApi = pathname.startsWith('/artifactory/') && !pathname.startsWith('/artifactory/api/docker/')
    return isApi ? apiAnswer(jfrog, call) : (box.answer(call) ?? registry(call))
  }
  const service: Service = async (call) => {
    const reply = await route(call)
    const own = {
      'x-jfrog-version': 'Artifactory/7.111.4 81104900',
      'x-artifactory-id': 'a1b2c3',
      server: 'Artifactory/7.111.4',
    }
    return { ...reply, headers: { ...own, ...reply.headers } }
  }
  return {
    host,
    namespace: 'charts',
    elsewhere: 'missing',
    writer,
    reader,
    accountEnv: { JF_URL: `https://${host}`, JF_USER: writer.username, JF_ACCESS_TOKEN: writer.password },
    prepare() {},
    admin,
    ledger: core.ledger,
    remove: (repository, reference) => core.remove(repository, reference),
    leaks: [],
    sites: [{ host, service }],
    ...box.knobs,
    repository: (key) => jfrog.repositories.get(key),
    close: () => core.close(),
  }
}

function user(
  username: string,
  permissions: Readonly<Record<string, ('read' | 'deploy' | 'delete')[]>>,
  isAdmin = false,
): JfrogUser {
  return {
    username,
    password: randomToken('cmVmdGtu', 30),
    permissions: new Map(Object.entries(permissions)),
    isAdmin,
  }
}

function tooMany(retryAfter: string): Answer {
  const headers = { 'retry-after': retryAfter }
  return specError({ status: 429, code: 'TOOMANYREQUESTS', message: 'too many requests', headers })
}
