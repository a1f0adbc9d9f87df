import { setMaxListeners } from 'node:events'
import { ChartroomError } from '@chartroom/errors'
import type { Io } from './io.ts'

const signals = ['SIGINT', 'SIGTERM'] as const

/**
 * The first Ctrl-C aborts a command, or the end of a CI job does (SIGTERM); the second ends the process, because the
 * handler is gone by then. Without a command that has asked for the signal the first one ends it: what only works
 * in memory, such as a long render, would not hear of it.
 */
export class Interruption {
  readonly #io: Io
  #controller: AbortController | undefined

  constructor(io: Io) {
    this.#io = io
  }

  get signal(): AbortSignal {
    this.#controller ??= this.#listen()
    return this.#controller.signal
  }

  /** The command is done: signals have their usual effect again. */
  end(): void {
    for (const name of signals) process.off(name, this.#interrupt)
  }

  #listen(): AbortController {
    const controller = new AbortController()
    // Every request of a run listens to it; Node takes more than ten for a leak and says so to the user.
    setMaxListeners(0, controller.signal)
    for (const name of signals) process.once(name, this.#interrupt)
    return controller
  }

  readonly #interrupt = (): void => {
    if (this.#io.errIsTerminal) this.#io.err('\nStopping. Ctrl-C again ends at once.\n')
    this.#controller?.abort(new ChartroomError('ABORTED', 'interrupted'))
  }
}
