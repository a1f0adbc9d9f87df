import { credentialChain } from '@chartroom/credentials'
import type { Secret } from '@chartroom/errors'
import type {
  Reference,
  RemoteRegistry,
  RemoteRepository,
  RepositoryOptions,
  Transport,
} from '@chartroom/oci'
import { createTransport, openRegistry } from '@chartroom/oci'
import type { Environment } from './environment.ts'

/** How hosts are reached; Helm's flags of the same names. */
export interface ConnectionOptions {
  readonly username?: string | undefined
  readonly password?: Secret | undefined
  /** The one host that `username` and `password` belong to. */
  readonly credentialHost?: string | undefined
  readonly plainHttp?: boolean | undefined
  readonly insecureSkipTlsVerify?: boolean | undefined
  readonly caFile?: string | undefined
  readonly certFile?: string | undefined
  readonly keyFile?: string | undefined
  /** Warnings about credential files and helpers that could not be used. */
  readonly onWarning?: ((message: string) => void) | undefined
}

/** The registries of one run: one transport, one token cache, one client a host. */
export interface Connections {
  readonly environment: Environment
  readonly options: ConnectionOptions
  readonly transport: Transport
  registry(host: string): RemoteRegistry
  repository(
    reference: Pick<Reference, 'registry' | 'repository'>,
    options?: RepositoryOptions,
  ): RemoteRepository
}

export function connect(environment: Environment, options: ConnectionOptions): Connections {
  const { caFile, certFile, keyFile, insecureSkipTlsVerify } = options
  const transport = createTransport({
    env: environment.env,
    caFile,
    certFile,
    keyFile,
    insecureSkipTlsVerify,
  })
  const credentials = credentialChain({
    ...environment,
    ...explicitCredential(options),
    onWarning: options.onWarning,
  })
  const registries = new Map<string, RemoteRegistry>()
  const repositories = new Map<string, RemoteRepository>()

  function registry(host: string): RemoteRegistry {
    const known =
      registries.get(host) ?? openRegistry({ host, plainHttp: options.plainHttp, credentials, transport })
    registries.set(host, known)
    return known
  }

  return {
    environment,
    options,
    transport,
    registry,
    repository({ registry: host, repository }, repositoryOptions) {
      const key = `${host}/${repository} ${repositoryOptions?.push === true ? 'push' : 'pull'}`
      const known = repositories.get(key) ?? registry(host).repository(repository, repositoryOptions)
      repositories.set(key, known)
      return known
    },
  }
}

function explicitCredential({ username, password, credentialHost }: ConnectionOptions): object {
  if (username === undefined || password === undefined || credentialHost === undefined) return {}
  return { explicit: { host: credentialHost, username, password } }
}
