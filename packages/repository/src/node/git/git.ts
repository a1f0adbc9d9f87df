import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Secret } from '@chartroom/errors'
import { ChartroomError, printableLine } from '@chartroom/errors'
import type { GitAddress } from './address.ts'
import { gitEnvironment, quietSettings } from './environment.ts'
import type { GitCall } from './failure.ts'
import { gitFailure } from './failure.ts'
import type { GitEnded, GitRun } from './program.ts'
import { runGit } from './program.ts'
import { tokenLogin } from './token.ts'

export interface GitOptions {
  readonly address: GitAddress
  /** The user's environment. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The user's working folder: its settings say who commits are by. */
  readonly cwd: string
  readonly signal?: AbortSignal | undefined
  /** A certificate authority to trust for this address. */
  readonly caFile?: string | undefined
  /** git may ask for a login at the terminal. */
  readonly mayAsk?: boolean | undefined
  /** Milliseconds; default 60,000. */
  readonly idleTimeout: number
}

/** The name under which git knows the address, so that it stands in no command line. */
export const remote = 'chartroom'

/** `git` for one address, in one bare repository. */
export class Git {
  readonly #folder: string
  readonly #options: GitOptions
  readonly #env: Readonly<Record<string, string>>
  readonly #secrets: readonly Secret[]

  constructor(folder: string, options: GitOptions) {
    const { address, env, caFile, mayAsk, idleTimeout } = options
    const login = tokenLogin(address, env)
    this.#folder = folder
    this.#options = options
    this.#secrets = login?.secrets ?? []
    this.#env = gitEnvironment({ env, mayAsk }, [
      ...quietSettings,
      // Ours ends git sooner; this is for a git that outlives us.
      ['http.lowSpeedLimit', '1'],
      ['http.lowSpeedTime', String(Math.ceil(idleTimeout / 500))],
      [`remote.${remote}.url`, address.url],
      ...(caFile === undefined || address.origin === undefined
        ? []
        : [[`http.${address.origin}/.sslCAInfo`, caFile] as const]),
      ...(login?.settings ?? []),
      ...(this.#remembers() ? [['credential.helper', `cache ${this.#socket()}`] as const] : []),
    ])
  }

  /** Forgets what a person was asked for. */
  async close(): Promise<void> {
    if (!this.#remembers()) return
    // Also in a run that was aborted.
    const { idleTimeout } = this.#options
    await runGit(
      ['credential-cache', this.#socket(), 'exit'],
      {},
      { env: this.#env, cwd: this.#folder, idleTimeout },
    )
  }

  /** Runs in the repository; the caller looks at the exit code. */
  run(
    args: readonly string[],
    run: GitRun & { readonly env?: Record<string, string> } = {},
  ): Promise<GitEnded> {
    const { signal, idleTimeout, mayAsk } = this.#options
    return runGit([`--git-dir=${this.#folder}`, ...args], run, {
      env: { ...this.#env, ...run.env },
      cwd: this.#folder,
      signal,
      mayAsk,
      idleTimeout,
      progress: () => this.#stored(),
    })
  }

  /** As {@link run}, and throws what a bad end means. */
  async must(
    op: GitCall['op'],
    args: readonly string[],
    run: GitRun & { readonly env?: Record<string, string> } = {},
  ): Promise<Buffer> {
    const ended = await this.run(args, run)
    if (ended.code !== 0) throw gitFailure(this.call(op), ended)
    return ended.stdout
  }

  /** A setting of the user's, also one of the repository that they stand in. */
  setting(key: string): Promise<GitEnded> {
    const { cwd, signal, idleTimeout } = this.#options
    return runGit(['config', '--get', key], {}, { env: this.#env, cwd, signal, idleTimeout })
  }

  call(op: GitCall['op']): GitCall {
    return { op, url: this.#options.address.url, secrets: this.#secrets }
  }

  /** Throws `UNSUPPORTED` for a git that takes no settings from its environment. */
  async checkVersion(): Promise<void> {
    const text = printableLine((await this.must('read', ['version'])).toString('utf8'))
    const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(text) ?? []
    if (Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 31)) return
    throw new ChartroomError('UNSUPPORTED', `${text} is too old`, {
      hint: 'A destination that begins with git+ needs git 2.31 or newer.',
    })
  }

  // A run is several calls of git, and a person is to be asked once: git's own memory, in our folder.
  #remembers(): boolean {
    const { mayAsk, address } = this.#options
    return mayAsk === true && address.origin !== undefined && process.platform !== 'win32'
  }

  #socket(): string {
    return `--socket=${join(this.#folder, 'login', 'socket')}`
  }

  // What git has received so far: it says nothing while it fetches a file that it finds missing.
  async #stored(): Promise<number> {
    const packs = join(this.#folder, 'objects', 'pack')
    const names = await readdir(packs).catch(none)
    const sizes = await Promise.all(
      names.map((name) => stat(join(packs, name)).then(({ size }) => size, zero)),
    )
    return sizes.reduce((sum, size) => sum + size, 0)
  }
}

// Files come and go while git works.
function none(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}

function zero(error: NodeJS.ErrnoException): number {
  if (error.code === 'ENOENT') return 0
  throw error
}
