import { isChartroomError } from '@chartroom/errors'
import type { Credential, CredentialSource, Origin } from '@chartroom/oci'
import type { ProviderContext } from './context.ts'
import type { DerivedLogin } from './provider.ts'
import type { ProviderEntry } from './provider-table.ts'

/** The vendor of a registry, as far as it is known. */
export type KnownProvider = (origin: Origin) => ProviderEntry | undefined

/** Logins that vendors' own environment variables hold. */
export function environmentCredentials(
  context: Pick<ProviderContext, 'env'>,
  providerOf: KnownProvider,
): CredentialSource {
  return {
    async credential(origin) {
      const provider = await providerOf(origin)?.load()
      return provider?.login.fromEnvironment?.(context, origin)
    },
  }
}

export interface DerivedCredentialsOptions {
  readonly context: Omit<ProviderContext, 'credentials'>
  /** What was given, or is kept in files and helpers: it goes before what is derived. */
  readonly stored: CredentialSource
  /** Whether the login of a host was given for this run: then it is meant, and nothing takes its place. */
  readonly isGiven?: ((origin: Origin) => Promise<boolean>) | undefined
  readonly providerOf: KnownProvider
}

/**
 * What is given or kept and, once going without was refused, what programs and cloud accounts of this machine
 * give. That is asked for once a host, kept for four fifths of its life and asked for anew then, also when it is
 * refused before. Where passwords end by themselves, a kept one that is refused makes way for a derived one.
 */
export function withDerivedCredentials(options: DerivedCredentialsOptions): CredentialSource {
  const hosts = new Map<string, HostLogin>()

  function hostOf({ scheme, host }: Origin): HostLogin {
    const key = `${scheme}://${host}`
    const known = hosts.get(key) ?? new HostLogin(options, { scheme, host })
    hosts.set(key, known)
    return known
  }

  return {
    async credential(origin, repository) {
      const host = hostOf(origin)
      const stored = host.replacesStored ? undefined : await options.stored.credential(origin, repository)
      return stored ?? host.credential()
    },
    renew: (origin, _repository, refused) => hostOf(origin).renew(refused),
  }
}

/**
 * Milliseconds in which a login is not renewed again, whatever it says of its end: clocks differ, and what was just
 * renewed is not refused for its age.
 */
const rest = 60_000

interface Derived extends DerivedLogin {
  /** Milliseconds since the epoch. */
  readonly since: number
  readonly isRenewal: boolean
}

/** The derived login of one host. */
class HostLogin {
  /** True once a kept login has made way. */
  replacesStored = false
  readonly #options: DerivedCredentialsOptions
  readonly #origin: Origin
  readonly #ours = new WeakSet<Credential>()
  #current: Derived | undefined
  #pending: Promise<Derived | undefined> | undefined
  /** True once nothing was found: it is not looked for again. */
  #isEmpty = false

  constructor(options: DerivedCredentialsOptions, origin: Origin) {
    this.#options = options
    this.#origin = origin
  }

  async credential(): Promise<Credential | undefined> {
    const current = this.#current
    if (current === undefined || !this.#isDue(current)) return current?.credential
    return ((await this.#derive()) ?? current).credential
  }

  async renew(refused: Credential | undefined): Promise<boolean> {
    if (refused === undefined) return this.#current !== undefined || (await this.#derive()) !== undefined
    if (!this.#ours.has(refused)) return this.#replace(refused)
    const current = this.#current
    if (current?.credential !== refused) return current !== undefined
    if (current.isRenewal && this.#now() - current.since < rest) return false
    return (await this.#derive()) !== undefined
  }

  async #replace(refused: Credential): Promise<boolean> {
    if (this.replacesStored) return true
    if ((await this.#options.isGiven?.(this.#origin)) === true) return false
    const provider = await this.#options.providerOf(this.#origin)?.load()
    if (provider?.login.passwordsEnd !== true) return false
    const derived = this.#current ?? (await this.#derive())
    if (derived === undefined) return false
    if (!this.replacesStored) {
      this.#options.context.onWarning?.(
        `${this.#origin.host} refused the login from ${refused.source}; ${derived.credential.source} gave another one`,
      )
    }
    this.replacesStored = true
    return true
  }

  #isDue({ expiresAt, since }: Derived): boolean {
    return expiresAt !== undefined && this.#now() >= since + Math.max(rest, (expiresAt - since) * 0.8)
  }

  #derive(): Promise<Derived | undefined> {
    if (this.#isEmpty) return Promise.resolve(undefined)
    this.#pending ??= this.#ask().finally(() => {
      this.#pending = undefined
    })
    return this.#pending
  }

  // A way that fails is a warning, because what is public can be read without a login.
  async #ask(): Promise<Derived | undefined> {
    const isRenewal = this.#current !== undefined
    const found = await this.#askVendor()
    if (found === undefined) {
      this.#isEmpty = !isRenewal
      return undefined
    }
    this.#ours.add(found.credential)
    this.#current = { ...found, since: this.#now(), isRenewal }
    return this.#current
  }

  async #askVendor(): Promise<DerivedLogin | undefined> {
    const { providerOf, stored, context } = this.#options
    try {
      const provider = await providerOf(this.#origin)?.load()
      return await provider?.login.derive?.({ ...context, credentials: stored }, this.#origin)
    } catch (error) {
      if (!isChartroomError(error) || error.code === 'ABORTED') throw error
      const hint = error.hint === undefined ? '' : ` (${error.hint})`
      context.onWarning?.(`no login for ${this.#origin.host}: ${error.message}${hint}`)
      return undefined
    }
  }

  #now(): number {
    return this.#options.context.now()
  }
}
