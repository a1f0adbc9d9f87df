import type { WorkTree } from '../revision/work-tree.ts'
import { gitOutput, zeroSeparated } from '../revision/git.ts'

/** A path of the work tree that is not what it was in a commit. */
export interface TreeChange {
  /** From the root on, with `/`. */
  readonly path: string
  readonly kind: 'added' | 'deleted' | 'changed'
  /** Hash in the commit, undefined for a new path. */
  readonly oldHash: string | undefined
  /** Hash now, undefined where git has not been told of the content yet. */
  readonly newHash: string | undefined
  /** A submodule, whose hashes are commits of its own. */
  readonly isSubmodule: boolean
}

/**
 * What is different between a commit and the files on disk: committed since, staged, unstaged and not yet
 * known to git, but nothing that `.gitignore` leaves out. Line ends count as git counts them, modes not at all.
 */
export async function treeChanges({ context }: WorkTree, commit: string): Promise<TreeChange[]> {
  const diff = await gitOutput(context, [
    '-c',
    'core.fileMode=false',
    'diff',
    '--raw',
    '-z',
    '--no-abbrev',
    '--no-renames',
    '--no-ext-diff',
    '--no-relative',
    '--ignore-submodules=dirty',
    commit,
  ])
  const fresh = await gitOutput(context, ['ls-files', '-z', '--others', '--exclude-standard'])
  const added = zeroSeparated(fresh).map((path): TreeChange => {
    const kind = 'added'
    // A repository inside of this one is listed with a slash behind it.
    return { path: path.replace(/\/$/, ''), kind, oldHash: undefined, newHash: undefined, isSubmodule: false }
  })
  return [...rawChanges(zeroSeparated(diff)), ...added]
}

/** Heads such as `:100644 100644 HASH HASH M` and paths take turns. */
function rawChanges(parts: readonly string[]): TreeChange[] {
  const changes: TreeChange[] = []
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [oldMode = '', newMode = '', oldHash = '', newHash = ''] = (parts[index] ?? '').slice(1).split(' ')
    const isOnlyMode = oldHash === newHash && isFile(oldMode) && isFile(newMode)
    if (isOnlyMode) continue
    const kind = isNone(oldMode) ? 'added' : isNone(newMode) ? 'deleted' : 'changed'
    changes.push({
      path: parts[index + 1] ?? '',
      kind,
      oldHash: isNone(oldHash) ? undefined : oldHash,
      newHash: isNone(newHash) ? undefined : newHash,
      isSubmodule: oldMode === '160000' || newMode === '160000',
    })
  }
  return changes
}

function isNone(text: string): boolean {
  return /^0+$/.test(text)
}

function isFile(mode: string): boolean {
  return mode.startsWith('100')
}
