import type { Grant } from '../auth/grant.ts'
import { repositoryScope } from '../auth/scope.ts'
import { parseReference } from '../reference.ts'
import { discard } from '../transport/transport.ts'
import type { ClientOptions } from './client.ts'
import { Client } from './client.ts'
import { listAll } from './page.ts'
import { RemoteRepository } from './repository.ts'
import { schemeOf } from './scheme.ts'

export interface RegistryOptions extends Omit<ClientOptions, 'origin'> {
  readonly host: string
  /** See {@link schemeOf}. */
  readonly plainHttp?: boolean | undefined
}

export interface RepositoryOptions {
  /** Ask for the right to push from the first request on: one token instead of two, and no riddles from
   * registries that hide absent repositories from those who only pull. */
  readonly push?: boolean | undefined
}

/** One registry, as opposed to one repository in it. */
export interface RemoteRegistry {
  readonly host: string
  /** Throws when `/v2/` does not answer 200 to the credentials there are. */
  ping(): Promise<void>
  /** Throws when the credentials there are get no token, or where there are none to get, no 200 from `/v2/`. */
  authenticate(): Promise<void>
  /**
   * What the token for a repository allows, as it says itself: asked for with the right to push, of which services give
   * what there is. Undefined where no token decides, or it can be read by its registry alone.
   */
  grant(repository: string): Promise<Grant | undefined>
  /** All repositories, pages followed. Many registries refuse this to most users. */
  catalog(): AsyncIterable<string>
  /** Throws `USAGE` for a path no repository can have. */
  repository(name: string, options?: RepositoryOptions): RemoteRepository
}

export function openRegistry(options: RegistryOptions): RemoteRegistry {
  const { host, plainHttp, ...rest } = options
  const client = new Client({ origin: { scheme: schemeOf(host, plainHttp), host }, ...rest })
  return {
    host,
    async ping() {
      const response = await client.send({ method: 'GET', url: '/v2/', access: { scopes: [] }, ok: [200] })
      discard(response.body)
    },
    authenticate: () => client.authenticate(),
    grant: (name) => client.grant({ scopes: [repositoryScope(name, 'pull,push')], repository: name }),
    catalog: () => listCatalog(client, options),
    repository: (name, { push = false } = {}) =>
      new RemoteRepository({
        client,
        name: parseReference(`${host}/${name}`).repository,
        push,
        referrersApi: undefined,
        fallbackWrites: new Map(),
      }),
  }
}

// Registries that show something to everybody show more to those they know: who has a login is known from the start.
async function* listCatalog(
  client: Client,
  { credentials, host, plainHttp }: RegistryOptions,
): AsyncGenerator<string> {
  const login = await credentials?.credential({ scheme: schemeOf(host, plainHttp), host }, undefined)
  if (login !== undefined) {
    const ping = { method: 'GET', url: '/v2/', access: { scopes: [] }, ok: [200, 401] } as const
    discard((await client.send(ping)).body)
  }
  yield* listAll(client, {
    url: '/v2/_catalog?n=1000',
    access: { scopes: ['registry:catalog:*'] },
    key: 'repositories',
  })
}
