import { repositoryScope } from '../auth/scope.ts'
import { ChartroomError } from '@chartroom/errors'
import type { Response } from '../transport/transport.ts'
import type { Client, ClientRequest } from './client.ts'

export interface SessionRequest extends Omit<ClientRequest, 'access'> {
  readonly actions?: 'pull' | 'pull,push' | 'delete,pull' | undefined
  /** Another repository that is read from in the same request. */
  readonly alsoPull?: string | undefined
}

/** What the requests of one repository share. */
export interface Session {
  readonly client: Client
  readonly name: string
  /** Asks for the right to push from the first request on. */
  readonly push: boolean
  /** Whether the registry lists referrers itself; learnt from its answers. */
  referrersApi: boolean | undefined
  /** Changes of fallback indexes that are under way, by subject. */
  readonly fallbackWrites: Map<string, Promise<void>>
}

export function sendIn(session: Session, request: SessionRequest): Promise<Response> {
  const { client, name, push } = session
  const { actions = 'pull', alsoPull, ...rest } = request
  const main = repositoryScope(name, push && actions === 'pull' ? 'pull,push' : actions)
  const scopes = alsoPull === undefined ? [main] : [main, repositoryScope(alsoPull, 'pull')]
  return client.send({ ...rest, access: { scopes, repository: name } })
}

export function pathIn(
  { name }: Session,
  kind: 'blobs' | 'manifests' | 'referrers' | 'tags',
  rest: string,
): string {
  return `/v2/${name}/${kind}/${rest}`
}

/** An answer of the registry that breaks the specification. */
export function brokenAnswer({ client, name }: Session, what: string): ChartroomError {
  return new ChartroomError('SERVER_ERROR', `${client.base.host}/${name} ${what}`, {
    origin: client.base.host,
    hint: 'Ask who runs the registry, or whether a proxy before it alters answers.',
  })
}
