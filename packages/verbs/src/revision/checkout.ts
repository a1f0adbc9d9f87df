import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import { limits } from '../limits.ts'
import { gitOutput, zeroSeparated } from './git.ts'
import type { WorkTree } from './work-tree.ts'

/** A file of a commit; submodules are none. */
export interface CommittedFile {
  /** From the root on, with `/`. */
  readonly path: string
  readonly hash: string
  readonly isLink: boolean
}

/** The files of a commit below a path, or the one at it; all of them for an empty path. */
export async function listFiles(
  { context }: WorkTree,
  commit: string,
  path: string,
): Promise<CommittedFile[]> {
  const where = path === '' ? [] : ['--', path]
  const output = await gitOutput(context, ['ls-tree', '-r', '-z', '--full-tree', commit, ...where])
  return zeroSeparated(output).flatMap((line) => {
    const [, mode = '', type, hash = '', name = ''] = /^(\d+) (\w+) (\w+)\t(.*)$/s.exec(line) ?? []
    return type === 'blob' ? [{ path: name, hash, isLink: mode === '120000' }] : []
  })
}

interface Checkout {
  readonly commit: string
  /** Of this call alone; the files come into `tree` in it. */
  readonly folder: string
  readonly files: readonly CommittedFile[]
}

/**
 * Writes files of a commit as a checkout would, with line ends and filters as they are set for the repository,
 * and touches neither its index nor its files. No hook runs.
 */
export async function checkOut({ context }: WorkTree, { commit, folder, files }: Checkout): Promise<void> {
  if (files.length > limits.revisionFiles) {
    throw new ChartroomError('LIMIT_EXCEEDED', `the revision has more than ${limits.revisionFiles} files`, {
      hint: 'Compare packed charts instead: chartroom package makes them.',
    })
  }
  const place = join(folder, 'tree')
  await mkdir(place, { recursive: true })
  const gitDir = (await gitOutput(context, ['rev-parse', '--absolute-git-dir']))
    .toString()
    .replace(/\r?\n$/, '')
  const own = { GIT_DIR: gitDir, GIT_WORK_TREE: place, GIT_INDEX_FILE: join(folder, 'index') }
  const there = { ...context, cwd: place }
  const settings = [
    'core.splitIndex=false',
    'core.fsmonitor=false',
    'core.sparseCheckout=false',
    'index.sparse=false',
  ]
  const config = [...settings, `core.hooksPath=${join(folder, 'no-hooks')}`].flatMap((one) => ['-c', one])
  await gitOutput(there, [...config, 'read-tree', commit], { own })
  const input = files.map(({ path }) => `${path}\0`).join('')
  await gitOutput(there, [...config, 'checkout-index', '-q', '-f', '-z', '--stdin'], { own, input })
}
