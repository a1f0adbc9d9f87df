import type { IncomingMessage, ServerResponse } from 'node:http'
import { ChartroomError } from '@chartroom/errors'
import type { Failpoint, Store } from '@chartroom/store'
import { noFailpoint } from '@chartroom/store'
import type { Hono } from 'hono'
import type { AccessOptions } from './access/access.ts'
import { createAccess, isRefusal } from './access/access.ts'
import { anonymous, openAccessFile } from './access/access-file.ts'
import type { Caller } from './access/caller.ts'
import { fault, faultOf, isOurs } from './error.ts'
import { guarded } from './guard.ts'
import { Helm } from './helm/handle.ts'
import { createApp } from './hono-app.ts'
import { openHtpasswd } from './htpasswd.ts'
import type { Answer, RegistryRequest, Reply } from './message.ts'
import { createNodeHandler } from './node-handler.ts'
import { V2 } from './v2/handle.ts'

export interface RegistryOptions {
  readonly store: Store
  readonly auth?: RegistryAuth | undefined
  /** Refuses every change. */
  readonly readOnly?: boolean | undefined
  /** Told of failures that are not the client's. */
  readonly onError?: ((error: unknown) => void) | undefined
  /** For crash tests: passed before and after the reply to each change. */
  readonly failpoint?: Failpoint | undefined
}

export interface RegistryAuth {
  /** Path of the password file. Without it nobody can say who he is. */
  readonly htpasswd?: string | undefined
  /** With a password file and no access file: reading needs no password. */
  readonly anonymousPull?: boolean | undefined
  /** Path of the file that says who may do what; without it, who has a password may do everything. */
  readonly access?: string | undefined
}

export interface Registry {
  /** To be mounted in another Hono application, on any platform. */
  readonly app: Hono
  /** For `node:http`, express, fastify: the same answers, without the cost of Request and Response. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void
}

/** `/v2`, `/helm` and `/healthz` over one store. Throws where the password or access file is unusable. */
export function createRegistry(options: RegistryOptions): Registry {
  const answer = createAnswer(options)
  const failpoint = options.failpoint ?? noFailpoint
  return { app: createApp(answer), handler: createNodeHandler(answer, failpoint) }
}

function createAnswer({
  store,
  auth,
  readOnly = false,
  onError,
}: RegistryOptions): (r: RegistryRequest) => Answer {
  const access = createAccess({ ...openAuth(auth), readOnly })
  const report = onError ?? ignore
  const v2 = new V2(store, report)
  const helm = new Helm(store, report)

  function serve(request: RegistryRequest, caller: Caller): Answer {
    return request.path.startsWith('/helm/') ? helm.handle(request, caller) : v2.handle(request, caller)
  }

  function answer(request: RegistryRequest): Answer {
    if (request.path === '/healthz') return healthy
    if (!request.path.startsWith('/v2') && !request.path.startsWith('/helm/')) return nothingHere
    const asked = access(request)
    if (!(asked instanceof Promise)) return isRefusal(asked) ? asked : serve(request, asked)
    return asked.then((known) => (isRefusal(known) ? known : serve(request, known)))
  }

  function failed(error: unknown): Reply {
    const reply = faultOf(error)
    if (isOurs(reply)) report(error)
    return reply
  }

  return (request) => guarded(() => answer(request), failed)
}

function openAuth(auth: RegistryAuth = {}): Omit<AccessOptions, 'readOnly'> {
  const { htpasswd, access, anonymousPull = false } = auth
  const rules = access === undefined ? undefined : openAccessFile(access)
  const user = [...(rules?.().keys() ?? [])].find((name) => name !== anonymous)
  if (user !== undefined && htpasswd === undefined) {
    throw new ChartroomError('USAGE', `${access} has rights for ${user}, who has no way to log in`, {
      hint: 'Give a password file too, or rights for anonymous alone.',
    })
  }
  if (rules !== undefined && anonymousPull) {
    throw new ChartroomError('USAGE', `with ${access}, reading without a login is a matter of that file`, {
      hint: 'Write there: anonymous: {"**": [pull]}.',
    })
  }
  return { htpasswd: htpasswd === undefined ? undefined : openHtpasswd(htpasswd), anonymousPull, rules }
}

function ignore(): void {}

const healthy: Reply = {
  status: 200,
  headers: { 'content-type': 'text/plain', 'content-length': '3' },
  body: Buffer.from('ok\n'),
}

const nothingHere: Reply = fault({ status: 404, code: 'NAME_UNKNOWN', message: 'there is no such path' })
