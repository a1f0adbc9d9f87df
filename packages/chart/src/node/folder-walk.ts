import type { Dirent } from 'node:fs'
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, sep } from 'node:path'
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

/**
 * The files of a chart folder that are not ignored, depth first in byte order, as Helm walks it. Synchronous:
 * for the small files of a chart the trips to the thread pool cost more than the reading.
 */
export function walkFolder(root: string, { rules, linkRoot }: WalkOptions): FoundFile[] {
  const real = realpathSync(root)
  const boundary = linkRoot === undefined ? workTree(real) : realpathSync(linkRoot)
  const walk: Walk = { root, rules, linkRoot: boundary, found: [], seen: 0 }
  visitFolder(walk, { name: '', path: root, chain: [real] })
  return walk.found
}

function visitFolder(walk: Walk, { name, path, chain }: Place): void {
  if (chain.length > limits.folderDepth) {
    throw new ChartroomError(
      'LIMIT_EXCEEDED',
      `folders are nested more than ${limits.folderDepth} deep at ${path}`,
      {
        hint: 'Leave that folder out with .helmignore.',
      },
    )
  }
  const children = readdirSync(path, { withFileTypes: true })
  countEntries(walk, children.length)
  for (const entry of children.sort((a, b) => compareBytes(a.name, b.name))) {
    const below = name === '' ? entry.name : `${name}/${entry.name}`
    visit(walk, { name: below, path: inside(path, entry.name), chain }, entry)
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

function visit(walk: Walk, place: Place, entry: Dirent): void {
  const { name, path, chain } = place
  const isLink = entry.isSymbolicLink()
  const link = isLink ? followLink(path) : undefined
  const target = link === undefined ? entry : statSync(link)
  if (isIgnored(walk.rules, name, target.isDirectory())) return
  if (link !== undefined) requireInside(walk, path, link)
  if (!target.isDirectory()) {
    walk.found.push(foundFile(place, target))
    return
  }
  const real = link ?? inside(chain.at(-1) ?? '', entry.name)
  if (chain.includes(real)) {
    throw new ChartroomError('CHART_INVALID', `symbolic links lead ${path} back to its own parent ${real}`, {
      hint: 'Remove the link, or leave it out with .helmignore.',
    })
  }
  visitFolder(walk, { ...place, chain: [...chain, real] })
}

/** As `join`, for a folder that is in its normal form already: a chart has hundreds of entries. */
export function inside(folder: string, name: string): string {
  return folder.endsWith(sep) ? folder + name : folder + sep + name
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

function followLink(path: string): string {
  try {
    return realpathSync(path)
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

function workTree(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (lstatSync(inside(at, '.git'), { throwIfNoEntry: false }) !== undefined) return at
    if (dirname(at) === at) return folder
  }
}
