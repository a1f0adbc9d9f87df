import type { Knobs } from './knobs.ts'
import type { Ledger } from './ledger.ts'
import type { Site } from './network.ts'

export interface Login {
  readonly username: string
  readonly password: string
}

/** One vendor's emulator, as far as all are alike. */
export interface Vendor extends Knobs {
  /** Where its registry answers. */
  readonly host: string
  /** A path below it that takes charts. */
  readonly namespace: string
  /** May read and write below the namespace. */
  readonly writer: Login
  /** May read there alone. */
  readonly reader: Login
  /** Variables from which the writer's login can be had without a login command; empty where nothing gives one. */
  readonly accountEnv: Readonly<Record<string, string>>
  /** Makes what must be there before the first push to a path. */
  prepare(path: string): void
  /** A path where nothing is and nobody here may make anything. */
  readonly elsewhere: string
  /** What was pushed. */
  readonly ledger: Ledger
  /** Removes a tag, or a manifest with all its tags, by no interface of the vendor's. */
  remove(repository: string, reference: string): Promise<void>
  /** All its hosts. */
  readonly sites: readonly Site[]
  /** Requests that brought a credential to another origin. */
  readonly leaks: readonly string[]
  close(): Promise<void>
}
