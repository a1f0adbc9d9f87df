import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspace } from '../workspace.ts'

/** Whose commands a block of the page has. */
export const names = ['Document', 'Chartroom', 'Helm 3', 'Helm 4'] as const

export type Name = (typeof names)[number]

/** A fenced block, with what the line above it says. */
export interface Form {
  /** What its heading starts with: `B7`. */
  readonly section: string
  /** Its number within the section, from 0. */
  readonly at: number
  readonly title: string
  readonly language: 'sh' | 'yaml'
  readonly text: string
  readonly names: readonly Name[]
  /** It is known to end badly. */
  readonly fails: boolean
  readonly needsCluster: boolean
  /** It is the content of this file, which the blocks after it read. */
  readonly file: string | undefined
}

export const page = 'docs/from-the-hypersdk-document.md'

export interface Section {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly forms: readonly Form[]
}

/** The page's third-level sections, in order. */
export function sectionsOf(text = readFileSync(join(workspace, page), 'utf8')): Section[] {
  return text
    .split(/^### /m)
    .slice(1)
    .map((part) => {
      const [title = ''] = part.split('\n', 1)
      const [id = title] = title.split(':', 1)
      const own = part.split(/^## /m)[0] ?? ''
      return { id, title, text: own, forms: formsOf(id, title, own) }
    })
}

/** Throws where a block has no line above it that says whose it is, or which file. */
function formsOf(section: string, title: string, text: string): Form[] {
  return [...text.matchAll(/^```(.*)\n([^]*?)^```$/gm)].map((match, at) => {
    const [, language = '', body = ''] = match
    const above = text.slice(0, match.index).trimEnd().split('\n\n').at(-1) ?? ''
    if (language !== 'sh' && language !== 'yaml') throw new Error(`${title}: a block of ${language}`)
    return { section, at, title, language, text: body, ...labelOf(title, above) }
  })
}

/** `**Helm 3, Helm 4** (needs a cluster), where this is so:`, or the file after `In`. */
function labelOf(title: string, above: string): Pick<Form, 'names' | 'fails' | 'needsCluster' | 'file'> {
  const [, file] = /^In `([^`]+)`:$/m.exec(above) ?? []
  const [, list = '', remark = ''] = /^\*\*([^*]+)\*\*(?: \(([^)]+)\))?(?:,[^:]*)?:$/.exec(above) ?? []
  const found = names.filter((name) => list.split(', ').includes(name))
  if (file === undefined && found.join(', ') !== list)
    throw new Error(`${title}: whose is the block below "${above}"?`)
  if (file === undefined && found.length === 0) throw new Error(`${title}: nobody's block below "${above}"`)
  const parts = remark.split('; ').filter((part) => part !== '')
  const fails = parts.some((part) => part.startsWith('fails: '))
  const needsCluster = parts.includes('needs a cluster')
  if (parts.length !== Number(fails) + Number(needsCluster)) throw new Error(`${title}: what is "${remark}"?`)
  return { names: found, fails, needsCluster, file }
}
