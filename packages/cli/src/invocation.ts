import type { Environment } from '@chartroom/verbs'
import type { Flags } from './flags.ts'
import type { Io } from './io.ts'

/** One call of a command. */
export interface Invocation {
  readonly args: readonly string[]
  readonly flags: Flags
  readonly environment: Environment
  readonly io: Io
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal
}

/** A command module: parse, call a verb, print. */
export interface CommandModule {
  run(invocation: Invocation): Promise<void>
}
