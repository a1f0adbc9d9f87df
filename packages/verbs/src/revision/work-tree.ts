import { realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import type { GitContext } from './git.ts'
import { gitOutput, runGit } from './git.ts'

/** A git repository with its files on disk. */
export interface WorkTree {
  /** Its uppermost folder, without links. */
  readonly root: string
  readonly context: GitContext
}

/** The work tree around a folder. Throws `NOT_FOUND` where there is none, `FORBIDDEN` for that of another user. */
export async function findWorkTree(context: GitContext): Promise<WorkTree> {
  const { code, stdout, stderr } = await runGit(context, ['rev-parse', '--show-toplevel'])
  const root = stdout.toString().replace(/\r?\n$/, '')
  if (code === 0 && root !== '') return { root: resolve(root), context: { ...context, cwd: resolve(root) } }
  const reason = stderr.replace(/^fatal: /, '')
  if (/dubious ownership/.test(stderr)) {
    const owned = /repository at '([^'\n]+)'/.exec(stderr)?.[1] ?? context.cwd
    throw new ChartroomError('FORBIDDEN', `${context.cwd}: git does not trust the owner of that folder`, {
      hint: `Where you do: git config --global --add safe.directory ${owned}`,
    })
  }
  throw new ChartroomError('NOT_FOUND', `${context.cwd} lies in no git work tree: ${reason}`, {
    hint: 'Run it in a clone of the repository that holds the charts.',
  })
}

/**
 * The hash of the commit that a branch, tag or hash stands for. Throws `USAGE` for what can be none, `NOT_FOUND`
 * for what is not in this clone.
 */
export async function resolveCommit({ context }: WorkTree, ref: string): Promise<string> {
  // oxlint-disable-next-line no-control-regex -- no name of git has them
  if (ref === '' || ref.startsWith('-') || /[\u0000-\u0020\u007f]/.test(ref)) {
    throw new ChartroomError('USAGE', `${JSON.stringify(ref)} is no name of a git revision`, {
      hint: 'Give a branch, tag or commit, such as origin/main.',
    })
  }
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]
  const { code, stdout } = await runGit(context, args)
  const hash = stdout.toString().trim()
  if (code === 0 && /^[0-9a-f]{40,64}$/.test(hash)) return hash
  throw new ChartroomError('NOT_FOUND', `git knows no revision ${ref} here`, {
    hint: (await isShallow(context))
      ? `This clone is shallow: fetch more with git fetch --unshallow, or with fetch-depth: 0 in actions/checkout.`
      : `Fetch it with: git fetch origin ${ref.replace(/^origin\//, '')}`,
  })
}

/** The commit where two lines of history parted. Throws `NOT_FOUND` where they never met. */
export async function mergeBase(tree: WorkTree, ref: string): Promise<string> {
  const [theirs, ours] = [await resolveCommit(tree, ref), await resolveCommit(tree, 'HEAD')]
  const { code, stdout } = await runGit(tree.context, ['merge-base', theirs, ours])
  if (code === 0) return stdout.toString().trim()
  throw new ChartroomError('NOT_FOUND', `${ref} and HEAD have no commit in common in this clone`, {
    hint: (await isShallow(tree.context))
      ? 'The clone is shallow: fetch all of it with git fetch --unshallow, or with fetch-depth: 0 in actions/checkout.'
      : 'Give a branch that this one comes from.',
  })
}

async function isShallow(context: GitContext): Promise<boolean> {
  return (await gitOutput(context, ['rev-parse', '--is-shallow-repository'])).toString().trim() === 'true'
}

/** A path as git has it: from the root on, with `/`, the root as an empty text. Throws `USAGE` for one outside. */
export function pathInTree({ root }: WorkTree, path: string): string {
  const inside = relative(root, withoutLinks(path))
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new ChartroomError('USAGE', `${path} lies outside of the git work tree ${root}`, {
      hint: 'Run the command in the work tree that the chart belongs to.',
    })
  }
  return inside.split(sep).join('/')
}

/** As deep as there is something: a chart may have been deleted. */
function withoutLinks(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    const isGone =
      error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code))
    if (!isGone || dirname(path) === path) throw error
    return join(withoutLinks(dirname(path)), basename(path))
  }
}
