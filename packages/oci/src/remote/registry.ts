import type { CredentialSource } from '../credential.ts'
import { parseReference } from '../reference.ts'
import type { Transport } from '../transport/transport.ts'
import { discard } from '../transport/transport.ts'
import { Client } from './client.ts'
import { listAll } from './page.ts'
import { RemoteRepository } from './repository.ts'
import { schemeOf } from './scheme.ts'

export interface RegistryOptions {
  readonly host: string
  /** See {@link schemeOf}. */
  readonly plainHttp?: boolean | undefined
  readonly credentials?: CredentialSource | undefined
  readonly transport: Transport
  /** Hosts (with port) of token services under another owner's name that may get this registry's credential. */
  readonly trustedRealms?: readonly string[] | undefined
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
    catalog: () =>
      listAll(client, {
        url: '/v2/_catalog?n=1000',
        access: { scopes: ['registry:catalog:*'] },
        key: 'repositories',
      }),
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
