import { ChartroomError } from '@chartroom/errors'
import type { Index } from '../../index-model.ts'
import { emptyIndex } from '../../index-model.ts'
import { limits } from '../../limits.ts'
import { parseIndex } from '../../parse-index.ts'
import type { Tree, TreeEntry } from './tree.ts'
import { nameInTree, regularFile, subfolder } from './tree.ts'
import type { WorkCopy } from './work-copy.ts'

/** A branch as one commit has it. */
export interface BranchView {
  /** Undefined without a branch. */
  readonly head: string | undefined
  /** From the root of the branch down to the folder of the index; empty ones for folders that are not there. */
  readonly levels: readonly Tree[]
  /** The folder of the index. */
  readonly files: Tree
  readonly indexText: string | undefined
  /** Read when it is asked for: a large one takes seconds. */
  readonly index: () => Index
}

export interface BranchPlace {
  readonly folder: readonly string[]
  /** For errors. */
  readonly where: string
}

export interface BranchChange extends BranchPlace {
  /** The objects of new files by name; undefined for one that goes. */
  readonly files: ReadonlyMap<string, string | undefined>
}

const empty: Tree = new Map()

export async function readView(copy: WorkCopy, { folder, where }: BranchPlace): Promise<BranchView> {
  const { head } = copy
  const levels: Tree[] = [head === undefined ? empty : await copy.tree(`${head}^{tree}`)]
  for (const name of folder) {
    const next = subfolder(levels.at(-1) ?? empty, name, where)
    levels.push(next === undefined ? empty : await copy.tree(next.id))
  }
  const files = levels.at(-1) ?? empty
  const file = regularFile(files, 'index.yaml', where)
  const indexText = file && (await copy.blob(file.id, limits.indexBytes)).toString('utf8')
  let index: Index | undefined
  return {
    head,
    levels,
    files,
    indexText,
    index: () => (index ??= indexText === undefined ? emptyIndex() : parseIndex(indexText)),
  }
}

/** The tree of the view with other files in its folder: all else stays as it is, to the byte. */
export async function writeView(
  copy: WorkCopy,
  { levels }: BranchView,
  { folder, files, where }: BranchChange,
): Promise<string> {
  const changed = new Map(levels.at(-1))
  for (const [name, id] of files) {
    if (name.includes('/')) throw new ChartroomError('INTERNAL', `${name} is no name of a file`)
    regularFile(changed, name, where)
    if (id === undefined) changed.delete(nameInTree(name))
    else changed.set(nameInTree(name), { mode: '100644', type: 'blob', id })
  }
  let id = await copy.writeTree(changed)
  for (let depth = folder.length - 1; depth >= 0; depth--) {
    const entry: TreeEntry = { mode: '040000', type: 'tree', id }
    id = await copy.writeTree(new Map(levels[depth]).set(nameInTree(folder[depth] ?? ''), entry))
  }
  return id
}
