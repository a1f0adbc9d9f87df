import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { ChartroomError } from '@chartroom/errors'
import { limits } from '../../limits.ts'
import type { IdleWatch } from './idle-watch.ts'
import { idleWatch } from './idle-watch.ts'

export interface GitProgramOptions {
  /** The whole environment of the program. */
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly signal?: AbortSignal | undefined
  /** It may ask a person at the terminal, and waits for the answer ten times as long. */
  readonly mayAsk?: boolean | undefined
  /** Milliseconds without a sign of life after which it is ended. */
  readonly idleTimeout: number
  /** A number that grows while git works without saying so, such as the bytes that it has stored. */
  readonly progress?: (() => Promise<number>) | undefined
}

export interface GitRun {
  readonly input?: string | Uint8Array | undefined
  /** Of the output; default 64 MiB. */
  readonly maxBytes?: number | undefined
}

export interface GitEnded {
  readonly code: number
  readonly stdout: Buffer
  /** Its last 64 KiB. */
  readonly stderr: string
}

/**
 * Runs `git` to its end; a non-zero exit code is a result, not an error. Throws `TIMEOUT` when nothing more comes
 * from it, `LIMIT_EXCEEDED` when it says too much, `UNSUPPORTED` where there is none, and what the signal says.
 */
export function runGit(
  args: readonly string[],
  { input = '', maxBytes = limits.gitOutputBytes }: GitRun,
  options: GitProgramOptions,
): Promise<GitEnded> {
  options.signal?.throwIfAborted()
  const running = new Running(args, options)
  running.child.stdin.end(input)
  return running.ended(maxBytes)
}

class Running {
  readonly child: ChildProcessWithoutNullStreams
  readonly #verb: string
  readonly #options: GitProgramOptions
  readonly #isGroup: boolean
  #failure: Error | undefined

  constructor(args: readonly string[], options: GitProgramOptions) {
    const { env, cwd, mayAsk } = options
    // A group of its own: git starts others, which would outlive it and hold the connection. Without the
    // terminal's group nobody can be asked.
    this.#isGroup = process.platform !== 'win32' && mayAsk !== true
    this.#verb = args.find((arg) => !arg.startsWith('-')) ?? ''
    this.#options = options
    this.child = spawn('git', args, { env, cwd, detached: this.#isGroup, windowsHide: true })
  }

  async ended(maxBytes: number): Promise<GitEnded> {
    const { signal, progress, mayAsk } = this.#options
    const idleTimeout = this.#options.idleTimeout * (mayAsk === true ? 10 : 1)
    const watch = idleWatch({ idleTimeout, progress }, () => this.#stop(idle(this.#verb, idleTimeout)))
    const aborted = (): void => this.#stop(asError(signal?.reason))
    signal?.addEventListener('abort', aborted, { once: true })
    try {
      const [code, stdout, stderr] = await Promise.all([
        this.#closed(),
        this.#output(maxBytes, watch),
        this.#errors(watch),
      ])
      if (this.#failure !== undefined) throw this.#failure
      return { code, stdout, stderr }
    } finally {
      watch.end()
      signal?.removeEventListener('abort', aborted)
    }
  }

  #closed(): Promise<number> {
    const { child } = this
    child.on('error', (error: NodeJS.ErrnoException) => {
      this.#failure ??= error.code === 'ENOENT' ? missing(error) : error
    })
    // It may end without reading: its exit code says enough.
    child.stdin.on('error', (error: NodeJS.ErrnoException) => error.code === 'EPIPE' || this.#stop(error))
    // What ssh leaves in the background (ControlPersist) keeps the streams open.
    child.on('exit', () => {
      setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream.destroy()), grace).unref()
    })
    return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)))
  }

  async #output(maxBytes: number, watch: IdleWatch): Promise<Buffer> {
    const chunks: Buffer[] = []
    let bytes = 0
    this.child.stdout.on('data', (chunk: Buffer) => {
      watch.alive()
      bytes += chunk.length
      if (bytes > maxBytes) this.#stop(tooMuch(this.#verb, maxBytes))
      else chunks.push(chunk)
    })
    await closed(this.child.stdout)
    return Buffer.concat(chunks)
  }

  async #errors(watch: IdleWatch): Promise<string> {
    let text = ''
    this.child.stderr.setEncoding('utf8').on('data', (more: string) => {
      watch.alive()
      text = (text + more).slice(-limits.gitErrorCharacters)
    })
    await closed(this.child.stderr)
    return text
  }

  /** First so that git removes its lock files, also those in a remote on this machine. */
  #stop(reason: Error): void {
    if (this.#failure !== undefined) return
    this.#failure = reason
    this.#send('SIGTERM')
    const timer = setTimeout(() => this.#send('SIGKILL'), grace)
    this.child.once('close', () => clearTimeout(timer))
  }

  #send(signal: 'SIGTERM' | 'SIGKILL'): void {
    const { pid } = this.child
    if (pid === undefined || !this.#isGroup) {
      this.child.kill(signal)
      return
    }
    try {
      process.kill(-pid, signal)
    } catch (error) {
      // All of it has ended meanwhile.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }
}

/** Milliseconds that a program has to end once it was told to. */
const grace = 2000

function closed(stream: Readable): Promise<void> {
  return new Promise((resolve) => stream.once('close', resolve))
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new ChartroomError('ABORTED', 'the operation was aborted')
}

function idle(verb: string, milliseconds: number): ChartroomError {
  return new ChartroomError('TIMEOUT', `git ${verb}: nothing came for ${milliseconds / 1000} s`, {
    op: `git ${verb}`,
    hint: 'Check the address and the network, and run the same command again.',
  })
}

function tooMuch(verb: string, maxBytes: number): ChartroomError {
  return new ChartroomError('LIMIT_EXCEEDED', `git ${verb} gives more than ${maxBytes} bytes`, {
    op: `git ${verb}`,
    hint: 'The branch holds more than a repository of charts may have.',
  })
}

function missing(cause: Error): ChartroomError {
  return new ChartroomError('UNSUPPORTED', 'there is no git program here', {
    cause,
    hint: 'Install git 2.31 or newer: a destination that begins with git+ is reached through it.',
  })
}
