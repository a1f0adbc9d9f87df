import type { Dirent } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { asChartroomError, ChartroomError } from '@chartroom/errors'
import { compareBytes } from '@chartroom/go'
import type { IgnoreRules } from '../helmignore/ignore-rules.ts'
import { isIgnored } from '../helmignore/ignore-rules.ts'
import { limits } from '../limits.ts'

export interface FoundFile {
  /** Relative to the chart, with `/`. */
  readonly name: string
  readonly path: string
}

export interface WalkOptions {
  readonly rules: IgnoreRules
  /** Where links may lead; without it the git work tree around the folder, or the folder. */
  readonly linkRoot?: string | undefined
}

interface Walk {
  readonly root: string
  readonly rules: IgnoreRules
  readonly linkRoot: string
  readonly found: FoundFile[]
  seen: number
}

interface Place {
  readonly name: string
  readonly path: string
  /** The real paths of the folders that lead here, to see a link that leads back. */
  readonly chain: readonly string[]
}

/** The files of a chart folder that are not ignored, depth first in byte order, as Helm walks it. */
export async function walkFolder(root: string, { rules, linkRoot }: WalkOptions): Promise<FoundFile[]> {
  const real = await realpath(root)
  const boundary = linkRoot === undefined ? await workTree(real) : await realpath(linkRoot)
  const walk: Walk = { root, rules, linkRoot: boundary, found: [], seen: 0 }
  await visitFolder(walk, { name: '', path: root, chain: [real] })
  return walk.found
}

async function visitFolder(walk: Walk, { name, path, chain }: Place): Promise<void> {
  if (chain.length > limits.folderDepth) {
    throw new ChartroomError(
      'LIMIT_EXCEEDED',
      `folders are nested more than ${limits.folderDepth} deep at ${path}`,
      {
        hint: 'Leave that folder out with .helmignore.',
      },
    )
  }
  const children = await readdir(path, { withFileTypes: true })
  countEntries(walk, children.length)
  for (const entry of children.sort((a, b) => compareBytes(a.name, b.name))) {
    const below = name === '' ? entry.name : `${name}/${entry.name}`
    await visit(walk, { name: below, path: join(path, entry.name), chain }, entry)
  }
}

function countEntries(walk: Walk, more: number): void {
  walk.seen += more
  if (walk.seen <= limits.entries) return
  throw new ChartroomError(
    'LIMIT_EXCEEDED',
    `${walk.root} holds more than ${limits.entries} files and folders`,
    {
      hint: 'Leave out with .helmignore what is not part of the chart, such as node_modules.',
    },
  )
}

async function visit(walk: Walk, place: Place, entry: Dirent): Promise<void> {
  const { name, path, chain } = place
  const isLink = entry.isSymbolicLink()
  const real = isLink ? await followLink(path) : join(chain.at(-1) ?? '', entry.name)
  const target = isLink ? await stat(real) : entry
  if (isIgnored(walk.rules, name, target.isDirectory())) return
  if (isLink) requireInside(walk, path, real)
  if (!target.isDirectory()) {
    walk.found.push(foundFile(place, target))
    return
  }
  if (chain.includes(real)) {
    throw new ChartroomError('CHART_INVALID', `symbolic links lead ${path} back to its own parent ${real}`, {
      hint: 'Remove the link, or leave it out with .helmignore.',
    })
  }
  await visitFolder(walk, { ...place, chain: [...chain, real] })
}

function foundFile({ name, path }: Place, file: Pick<Dirent, 'isFile'>): FoundFile {
  if (file.isFile()) return { name, path }
  throw new ChartroomError(
    'CHART_INVALID',
    `cannot load irregular file ${path} as it has file mode type bits set`,
    {
      hint: 'A chart holds regular files only: remove the socket, device or pipe, or leave it out with .helmignore.',
    },
  )
}

async function followLink(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (cause) {
    throw new ChartroomError(
      'CHART_INVALID',
      `error evaluating symlink ${path}: ${asChartroomError(cause).message}`,
      {
        hint: 'The link leads nowhere or in a circle: remove it, or restore what it led to.',
        cause,
      },
    )
  }
}

/** A chart that is published must not carry off a file that its author did not mean to put into the project. */
function requireInside({ linkRoot }: Walk, path: string, real: string): void {
  if (real === linkRoot || real.startsWith(linkRoot.endsWith(sep) ? linkRoot : linkRoot + sep)) return
  throw new ChartroomError('CHART_INVALID', `the symbolic link ${path} leads out of ${linkRoot} to ${real}`, {
    hint: 'Copy the file into the chart, or leave the link out with .helmignore.',
  })
}

async function workTree(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    if (await exists(join(at, '.git'))) return at
    if (dirname(at) === at) return folder
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    const { code } = asChartroomError(error)
    if (code === 'FILE_NOT_FOUND' || code === 'IO') return false
    throw error
  }
}
