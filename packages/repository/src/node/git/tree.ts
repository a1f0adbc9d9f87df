import { ChartroomError } from '@chartroom/errors'

/** One line of a tree. Names are bytes, one a character, so that those of others stay what they are. */
export interface TreeEntry {
  readonly mode: string
  readonly type: string
  readonly id: string
}

export type Tree = ReadonlyMap<string, TreeEntry>

const regular = new Set(['100644', '100755', '100664'])

/** The output of `git ls-tree -z`. */
export function parseTree(output: Buffer): Tree {
  const tree = new Map<string, TreeEntry>()
  for (const line of output.toString('latin1').split('\0')) {
    const tab = line.indexOf('\t')
    const [mode, type, id] = line.slice(0, tab).split(' ')
    if (tab > 0 && mode !== undefined && type !== undefined && id !== undefined)
      tree.set(line.slice(tab + 1), { mode, type, id })
  }
  return tree
}

/** The input of `git mktree -z`. */
export function formatTree(tree: Tree): Buffer {
  const lines = [...tree].map(([name, { mode, type, id }]) => `${mode} ${type} ${id}\t${name}\0`)
  return Buffer.from(lines.join(''), 'latin1')
}

/** A name as it stands in a {@link Tree}. */
export function nameInTree(name: string): string {
  return Buffer.from(name, 'utf8').toString('latin1')
}

/** Undefined where nothing has the name. Throws `INDEX_INVALID` for a link, a submodule or a folder: they lead elsewhere. */
export function regularFile(tree: Tree, name: string, where: string): TreeEntry | undefined {
  const entry = tree.get(nameInTree(name))
  if (entry === undefined || (entry.type === 'blob' && regular.has(entry.mode))) return entry
  throw inTheWay(entry, `${where} has ${name}`, 'a file')
}

export function subfolder(tree: Tree, name: string, where: string): TreeEntry | undefined {
  const entry = tree.get(nameInTree(name))
  if (entry === undefined || entry.type === 'tree') return entry
  throw inTheWay(entry, `${where} has ${name}`, 'a folder')
}

function inTheWay({ mode, type }: TreeEntry, what: string, wanted: string): ChartroomError {
  const kind =
    mode === '120000'
      ? 'a symbolic link'
      : type === 'commit'
        ? 'a submodule'
        : type === 'tree'
          ? 'a folder'
          : 'a file'
  return new ChartroomError('INDEX_INVALID', `${what} as ${kind}, not as ${wanted}`, {
    hint: 'Remove it from the branch, or publish to another branch or folder.',
  })
}
