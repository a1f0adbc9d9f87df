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

/** An invocation that asks for its signal late, because whoever has asked listens to Ctrl-C from then on. */
export function withLateSignal(
  { args, flags, io, environment }: Omit<Invocation, 'signal'>,
  signalOf: () => AbortSignal,
): Invocation {
  const { env, cwd, platform } = environment
  return {
    args,
    flags,
    io,
    environment: {
      env,
      cwd,
      platform,
      get signal() {
        return signalOf()
      },
    },
    get signal() {
      return signalOf()
    },
  }
}
