import type { CredentialSource } from '../credential.ts'
import { parseReference } from '../reference.ts'
import type { Transport } from '../transport/transport.ts'
import { Client } from './client.ts'
import { pages } from './page.ts'
import { RemoteRepository } from './repository.ts'
import { schemeOf } from './scheme.ts'

export interface RegistryOptions {
  readonly host: string
  /** See {@link schemeOf}. */
  readonly plainHttp?: boolean | undefined
  readonly credentials?: CredentialSource | undefined
  readonly transport: Transport
}

/** One registry, as opposed to one repository in it. */
export interface RemoteRegistry {
  readonly host: string
  /** Throws when `/v2/` does not answer 200 to the credentials there are. */
  ping(): Promise<void>
  /** All repositories, pages followed. Many registries refuse this to most users. */
  catalog(): AsyncIterable<string>
  repository(name: string): RemoteRepository
}

export function openRegistry({ host, plainHttp, credentials, transport }: RegistryOptions): RemoteRegistry {
  const client = new Client({ scheme: schemeOf(host, plainHttp), host }, transport, credentials)
  return {
    host,
    async ping() {
      await client.send({ method: 'GET', url: '/v2/', scope: '', ok: [200] })
    },
    catalog: () =>
      pages(client, { url: '/v2/_catalog?n=1000', scope: 'registry:catalog:*', key: 'repositories' }),
    repository: (name) => new RemoteRepository(client, parseReference(`${host}/${name}`).repository),
  }
}
