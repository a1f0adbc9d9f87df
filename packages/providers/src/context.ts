import type { CredentialSource, Transport } from '@chartroom/oci'

/** What vendors' code needs from its surroundings. */
export interface ProviderContext {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** Proxies, certificates and retries as for the registry itself. */
  readonly transport: Transport
  /** The logins kept for registries, for a vendor's own interface. */
  readonly credentials: CredentialSource
  /** Undefined when there is no such program, or it does not answer in time. */
  readonly run: (
    program: string,
    args: readonly string[],
    input?: string,
  ) => Promise<ProgramResult | undefined>
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly onWarning?: ((message: string) => void) | undefined
}

export interface ProgramResult {
  readonly code: number
  readonly stdout: string
}
