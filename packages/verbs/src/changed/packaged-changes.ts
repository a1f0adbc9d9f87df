import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { IgnoreRules } from '@chartroom/chart'
import { isIgnored, parseIgnoreRules } from '@chartroom/chart'
import { asChartroomError, ChartroomError } from '@chartroom/errors'
import { gitOutput, zeroSeparated } from '../revision/git.ts'
import type { WorkTree } from '../revision/work-tree.ts'
import { pathInTree } from '../revision/work-tree.ts'
import type { TreeChange } from './tree-change.ts'

/** Tells the changes that come into a chart's package. */
export class PackagedChanges {
  readonly #tree: WorkTree
  readonly #changes: readonly TreeChange[]
  readonly #links: readonly string[]

  private constructor(tree: WorkTree, changes: readonly TreeChange[], links: readonly string[]) {
    this.#tree = tree
    this.#changes = changes
    this.#links = links
  }

  static async read(tree: WorkTree, changes: readonly TreeChange[]): Promise<PackagedChanges> {
    const staged = zeroSeparated(await gitOutput(tree.context, ['ls-files', '-s', '-z']))
    const links = staged.flatMap((line) => /^120000 \w+ \d\t(.*)$/s.exec(line)?.[1] ?? [])
    return new PackagedChanges(tree, changes, links)
  }

  /** The changes in a chart's folder that `.helmignore` lets through, and those of files that links in it lead to. */
  of(folder: string): TreeChange[] {
    const rules = this.#rules(folder)
    const targets = this.#links
      .filter((link) => isPackaged(rules, pathBelow(folder, link)))
      .flatMap((link) => this.#target(link))
    return this.#changes.filter((change) => {
      if (isPackaged(rules, pathBelow(folder, change.path))) return true
      // A submodule that holds the chart, or a link to what has changed.
      return (
        (change.isSubmodule && pathBelow(change.path, folder) !== undefined) ||
        targets.some((target) => target === change.path || pathBelow(target, change.path) !== undefined)
      )
    })
  }

  #rules(folder: string): IgnoreRules {
    const path = join(this.#tree.root, folder, '.helmignore')
    try {
      return parseIgnoreRules(existsSync(path) ? readFileSync(path, 'utf8') : '')
    } catch (error) {
      const { code, message, hint } = asChartroomError(error)
      throw new ChartroomError(code, `${folder || '.'}: ${message}`, { hint, cause: error })
    }
  }

  /** Nothing for a link that leads nowhere or out of the work tree: packing the chart says so. */
  #target(link: string): string[] {
    const path = join(this.#tree.root, link)
    return existsSync(path) && this.#isInside(realpathSync(path)) ? [pathInTree(this.#tree, path)] : []
  }

  #isInside(path: string): boolean {
    const { root } = this.#tree
    return path.startsWith(root) && path !== root
  }
}

/** The rest of a path below a folder; undefined for one outside, an empty text for the folder itself. */
export function pathBelow(folder: string, path: string): string | undefined {
  if (folder === '' || folder === path) return folder === path ? '' : path
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined
}

function isPackaged(rules: IgnoreRules, path: string | undefined): boolean {
  if (path === undefined || path === '') return false
  const parts = path.split('/')
  return !parts.some((_, index) => {
    const isFolder = index < parts.length - 1
    return isIgnored(rules, parts.slice(0, index + 1).join('/'), isFolder)
  })
}
