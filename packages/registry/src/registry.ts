import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Failpoint, Store } from '@chartroom/store'
import { noFailpoint } from '@chartroom/store'
import type { Hono } from 'hono'
import { createAccess } from './access.ts'
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
  /** Path of the password file. */
  readonly htpasswd: string
  readonly anonymousPull?: boolean | undefined
}

export interface Registry {
  /** To be mounted in another Hono application, on any platform. */
  readonly app: Hono
  /** For `node:http`, express, fastify: the same answers, without the cost of Request and Response. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void
}

/** `/v2`, `/helm` and `/healthz` over one store. Throws where the password file is unusable. */
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
  const access = createAccess({
    htpasswd: auth === undefined ? undefined : openHtpasswd(auth.htpasswd),
    anonymousPull: auth?.anonymousPull ?? false,
    readOnly,
  })
  const report = onError ?? ignore
  const v2 = new V2(store, report)
  const helm = new Helm(store, report)

  function serve(request: RegistryRequest): Answer {
    return request.path.startsWith('/helm/') ? helm.handle(request) : v2.handle(request)
  }

  function answer(request: RegistryRequest): Answer {
    if (request.path === '/healthz') return healthy
    if (!request.path.startsWith('/v2') && !request.path.startsWith('/helm/')) return nothingHere
    const refused = access(request)
    if (refused === undefined) return serve(request)
    if (!(refused instanceof Promise)) return refused
    return refused.then((reply) => reply ?? serve(request))
  }

  function failed(error: unknown): Reply {
    const reply = faultOf(error)
    if (isOurs(reply)) report(error)
    return reply
  }

  return (request) => guarded(() => answer(request), failed)
}

function ignore(): void {}

const healthy: Reply = {
  status: 200,
  headers: { 'content-type': 'text/plain', 'content-length': '3' },
  body: Buffer.from('ok\n'),
}

const nothingHere: Reply = fault({ status: 404, code: 'NAME_UNKNOWN', message: 'there is no such path' })
