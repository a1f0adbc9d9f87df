import { credentialChain } from '@chartroom/credentials'
import type { Secret } from '@chartroom/errors'
import type {
  Origin,
  Reference,
  RemoteRegistry,
  RemoteRepository,
  RepositoryOptions,
  Response,
  Transport,
} from '@chartroom/oci'
import { createTransport, openRegistry, registryHost, schemeOf } from '@chartroom/oci'
import type { ProviderContext, ProviderEntry, PullLimit } from '@chartroom/providers'
import {
  environmentCredentials,
  explainError,
  programRunner,
  pullLimitIn,
  Recogniser,
  withDerivedCredentials,
} from '@chartroom/providers'
import type { Environment } from './environment.ts'
import { transportByHost } from './vendor/transport-by-host.ts'

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
  /** `HOST` or `HOST:PORT` of token services that get a login although their name is another owner's. */
  readonly trustedRealms?: readonly string[] | undefined
  /** Warnings about credential files and helpers that could not be used. */
  readonly onWarning?: ((message: string) => void) | undefined
  /** Told by registries that count pulls of how many are left. */
  readonly onPullLimit?: ((host: string, limit: PullLimit) => void) | undefined
}

/** The registries of one run: one transport, one token cache, one client a host. */
export interface Connections {
  readonly environment: Environment
  readonly options: ConnectionOptions
  readonly transport: Transport
  /** What vendors' code works with: the logins of all registries among it. */
  readonly context: ProviderContext
  readonly originOf: (host: string) => Origin
  readonly registry: (host: string) => RemoteRegistry
  readonly repository: (
    reference: Pick<Reference, 'registry' | 'repository'>,
    options?: RepositoryOptions,
  ) => RemoteRepository
  /** The vendor of a registry, as far as its address or its answers so far tell. */
  readonly vendorOf: (host: string) => ProviderEntry | undefined
  /** Takes note of an answer of a registry that was asked past its client. */
  readonly note: (origin: Origin, answer: Pick<Response, 'headers' | 'status'>) => void
}

export function connect(environment: Environment, options: ConnectionOptions): Connections {
  return new RegistryConnections(environment, options)
}

class RegistryConnections implements Connections {
  readonly environment: Environment
  readonly options: ConnectionOptions
  readonly transport: Transport
  readonly context: ProviderContext
  readonly #recogniser: Recogniser
  readonly #registries = new Map<string, RemoteRegistry>()
  readonly #repositories = new Map<string, RemoteRepository>()

  constructor(environment: Environment, options: ConnectionOptions) {
    const { env, signal } = environment
    const { caFile, certFile, keyFile, insecureSkipTlsVerify } = options
    this.environment = environment
    this.options = options
    this.transport = createTransport({ env, caFile, certFile, keyFile, insecureSkipTlsVerify, signal })
    this.#recogniser = new Recogniser(env)
    this.context = this.#newContext()
  }

  readonly originOf = (name: string): Origin => {
    const host = registryHost(name)
    return { scheme: schemeOf(host, this.options.plainHttp), host }
  }

  readonly vendorOf = (host: string): ProviderEntry | undefined => this.#providerOf(this.originOf(host))

  readonly note = (origin: Origin, answer: Pick<Response, 'headers' | 'status'>): void =>
    this.#recogniser.note(origin, answer)

  readonly registry = (name: string): RemoteRegistry => {
    const origin = this.originOf(name)
    const known = this.#registries.get(origin.host) ?? this.#open(origin)
    this.#registries.set(origin.host, known)
    return known
  }

  readonly repository = (
    { registry, repository }: Pick<Reference, 'registry' | 'repository'>,
    options?: RepositoryOptions,
  ): RemoteRepository => {
    const key = `${registry}/${repository} ${options?.push === true ? 'push' : 'pull'}`
    const known = this.#repositories.get(key) ?? this.registry(registry).repository(repository, options)
    this.#repositories.set(key, known)
    return known
  }

  readonly #providerOf = (origin: Origin): ProviderEntry | undefined => this.#recogniser.known(origin)

  #newContext(): ProviderContext {
    const { env, platform, signal } = this.environment
    const { caFile, onWarning } = this.options
    const surroundings = {
      env,
      platform,
      // What was said of a registry's certificate is not said of a cloud that gives logins.
      transport: transportByHost((host) => this.#registries.has(host), {
        ours: this.transport,
        others: () => createTransport({ env, caFile, signal }),
      }),
      run: programRunner({ env, platform }),
      now: () => Date.now(),
      onWarning,
    }
    const ofVariables = environmentCredentials({ env }, this.#providerOf)
    const credentials = withDerivedCredentials({
      context: surroundings,
      stored: credentialChain({
        ...this.environment,
        ...explicitCredential(this.options),
        environment: ofVariables,
        onWarning,
      }),
      providerOf: this.#providerOf,
      isGiven: async (origin) =>
        this.#isExplicit(origin) || (await ofVariables.credential(origin)) !== undefined,
    })
    return { ...surroundings, credentials }
  }

  #isExplicit({ host }: Origin): boolean {
    const { password, credentialHost } = this.options
    return password !== undefined && credentialHost !== undefined && registryHost(credentialHost) === host
  }

  #open(origin: Origin): RemoteRegistry {
    const { plainHttp, trustedRealms, onWarning, onPullLimit } = this.options
    const { scheme, host } = origin
    const detection = this.#providerOf(origin)?.detection
    const doubt = detection?.doubt?.(host)
    if (doubt !== undefined) onWarning?.(doubt)
    return openRegistry({
      host,
      plainHttp,
      credentials: this.context.credentials,
      transport: this.transport,
      trustedRealms,
      wantsBasic: scheme === 'https' && detection?.wantsBasic?.(host) === true,
      onAnswer: (answer) => {
        this.#recogniser.note(origin, answer)
        const limit = pullLimitIn(answer.headers)
        if (limit !== undefined) onPullLimit?.(host, limit)
      },
      explain: (error, about) => explainError(error, { about, origin, providerOf: this.#providerOf }),
    })
  }
}

function explicitCredential({ username, password, credentialHost }: ConnectionOptions): object {
  if (username === undefined || password === undefined || credentialHost === undefined) return {}
  return { explicit: { host: credentialHost, username, password } }
}
