import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'

/** A program that serves until it is closed. */
export class Server {
  readonly #child: ChildProcess
  readonly #log: string
  readonly #ended: Promise<unknown>

  private constructor(child: ChildProcess, log: string) {
    this.#child = child
    this.#log = log
    this.#ended = once(child, 'close')
  }

  /** Starts it; what it says lands in the file `log`. */
  static async start(
    file: string,
    args: readonly string[],
    { log, env = process.env }: { log: string; env?: Readonly<Record<string, string | undefined>> },
  ): Promise<Server> {
    const to = await open(log, 'w')
    try {
      const child = spawn(file, args, { env: { ...env }, stdio: ['ignore', to.fd, to.fd] })
      await once(child, 'spawn')
      return new Server(child, log)
    } finally {
      await to.close()
    }
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** The last lines that it said, for the message of a failure. */
  async said(): Promise<string> {
    return (await readFile(this.#log, 'utf8')).split('\n').slice(-20).join('\n')
  }

  /** Its data is thrown away with it: it is killed, not asked. */
  async close(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }
}
