import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Git, remote } from './git.ts'
import type { GitOptions } from './git.ts'
import { gitFailure } from './failure.ts'
import { identity } from './identity.ts'
import { pushAnswer } from './push-answer.ts'
import type { Tree } from './tree.ts'
import { formatTree, parseTree } from './tree.ts'

export interface NewCommit {
  readonly tree: string
  /** None for the first one of a branch. */
  readonly parent: string | undefined
  readonly message: string
}

const fetched = 'refs/chartroom/head'

/**
 * One branch of a remote in a bare repository of its own, in a temporary folder: without files, so that neither
 * links, filters nor hooks of the branch have an effect here; without history, and at first without contents,
 * which git fetches when they are read.
 */
export class WorkCopy {
  readonly #folder: string
  readonly #git: Git
  readonly #branch: string
  readonly #env: GitOptions['env']
  readonly #format: 'sha1' | 'sha256'
  #head: string | undefined
  #identity: Promise<Record<string, string>> | undefined

  private constructor(
    folder: string,
    git: Git,
    { options, format }: { options: GitOptions; format: 'sha1' | 'sha256' },
  ) {
    this.#folder = folder
    this.#git = git
    this.#branch = `refs/heads/${options.address.branch}`
    this.#env = options.env
    this.#format = format
  }

  /** Fetches the branch, if there is one. The folder is removed by {@link close}. */
  static async open(options: GitOptions): Promise<WorkCopy> {
    const folder = await mkdtemp(join(options.env['TMPDIR'] || tmpdir(), 'chartroom-git-'))
    const git = new Git(folder, options)
    try {
      await git.checkVersion()
      const branch = `refs/heads/${options.address.branch}`
      const heads = await listed(git, ['HEAD', branch])
      const format = [...heads.values()].some((id) => id.length === 64) ? 'sha256' : 'sha1'
      await git.must('write', [
        'init',
        '--quiet',
        '--bare',
        '--template=',
        `--object-format=${format}`,
        folder,
      ])
      const copy = new WorkCopy(folder, git, { options, format })
      if (heads.has(branch)) await copy.#fetch('--filter=blob:none')
      return copy
    } catch (error) {
      await discard(git, folder)
      throw error
    }
  }

  /** The commit that was fetched last; undefined without a branch. */
  get head(): string | undefined {
    return this.#head
  }

  /** Fetches what is new on the branch, contents too. */
  async refresh(): Promise<void> {
    // Only what the last head has not: mostly one index, which would cost another fetch if it were left out.
    await this.#fetch('--no-filter')
  }

  /** Fetches where the remote is not at what was pushed or fetched last. */
  async follow(): Promise<void> {
    const now = await this.remoteHead()
    if (now === undefined) this.#head = undefined
    else if (now !== this.#head) await this.refresh()
  }

  /** The commit that the remote has now. */
  async remoteHead(): Promise<string | undefined> {
    return (await listed(this.#git, [this.#branch])).get(this.#branch)
  }

  async tree(id: string): Promise<Tree> {
    return parseTree(await this.#git.must('read', ['ls-tree', '-z', id]))
  }

  blob(id: string, maxBytes: number): Promise<Buffer> {
    return this.#git.must('read', ['cat-file', 'blob', id], { maxBytes })
  }

  /** The name that git gives to these bytes. */
  blobId(bytes: Uint8Array): string {
    return createHash(this.#format).update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
  }

  async writeBlob(bytes: Uint8Array): Promise<string> {
    return line(
      await this.#git.must('write', ['hash-object', '-w', '--no-filters', '--stdin'], { input: bytes }),
    )
  }

  async writeTree(tree: Tree): Promise<string> {
    return line(await this.#git.must('write', ['mktree', '-z', '--missing'], { input: formatTree(tree) }))
  }

  async writeCommit({ tree, parent, message }: NewCommit): Promise<string> {
    this.#identity ??= identity(this.#env, (key) => this.#git.setting(key))
    const parents = parent === undefined ? [] : ['-p', parent]
    return line(
      await this.#git.must('write', ['commit-tree', tree, ...parents, '-F', '-'], {
        input: message,
        env: await this.#identity,
      }),
    )
  }

  /**
   * Puts the commit on the branch where the branch is still at `parent`, the commit's only one: compare and swap.
   * So no history is ever thrown away, and none that somebody threw away meanwhile comes back.
   */
  async push(commit: string, parent: string | undefined): Promise<'pushed' | 'overtaken'> {
    const answer = await this.#push(commit, [`--force-with-lease=${this.#branch}:${parent ?? ''}`])
    if (answer === 'pushed') this.#head = commit
    return answer
  }

  /** Asks for the right to push, and sends nothing. */
  async checkPush(): Promise<void> {
    const commit = this.#head ?? (await this.#emptyCommit())
    await this.#push(commit, ['--dry-run'])
  }

  close(): Promise<void> {
    return discard(this.#git, this.#folder)
  }

  async #emptyCommit(): Promise<string> {
    return this.writeCommit({
      tree: await this.writeTree(new Map()),
      parent: undefined,
      message: 'Nothing\n',
    })
  }

  async #push(commit: string, flags: readonly string[]): Promise<'pushed' | 'overtaken'> {
    const args = ['push', '--porcelain', '--progress', '--no-verify', '--no-follow-tags', ...flags, remote]
    return pushAnswer(this.#git.call('push'), await this.#git.run([...args, `${commit}:${this.#branch}`]))
  }

  async #fetch(filter: string): Promise<void> {
    const flags = ['--no-tags', '--no-write-fetch-head', '--progress', '--depth=1', filter]
    const ended = await this.#git.run(['fetch', ...flags, '--', remote, `+${this.#branch}:${fetched}`])
    if (ended.code === 0) {
      this.#head = line(await this.#git.must('read', ['rev-parse', '--verify', `${fetched}^{commit}`]))
    } else if (/couldn't find remote ref|no such remote ref/i.test(ended.stderr)) {
      this.#head = undefined
    } else {
      throw gitFailure(this.#git.call('fetch'), ended)
    }
  }
}

async function listed(git: Git, refs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const output = await git.must('ls-remote', ['ls-remote', remote, ...refs])
  const lines = output.toString('utf8').split('\n')
  return new Map(
    lines.flatMap((one): [string, string][] => {
      const [id, name] = one.split('\t')
      return id !== undefined && name !== undefined && /^[0-9a-f]{40,64}$/.test(id) ? [[name, id]] : []
    }),
  )
}

function line(output: Buffer): string {
  return output.toString('utf8').trim()
}

async function discard(git: Git, folder: string): Promise<void> {
  try {
    await git.close()
  } finally {
    // Of processes that are ending a file may still come.
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}
