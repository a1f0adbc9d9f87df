import type { GlobNode } from './parse-glob.ts'
import { parseGlob } from './parse-glob.ts'

/**
 * What `.Files.Glob` takes names by: gobwas/glob with `/` as separator, so `*` and `?` stop at it and `**` does
 * not. A pattern that cannot be parsed matches everything, as in Helm. Takes time in proportion to the
 * pattern's and the name's lengths.
 */
export function globMatcher(pattern: string): (name: string) => boolean {
  const nodes = parseGlob(pattern)
  if (nodes === undefined) return () => true
  return (name) => {
    const text = Array.from(name)
    return ends(nodes, text, new Set([0])).has(text.length)
  }
}

/** The positions that a sequence can end at, when it begins at any of these. */
function ends(nodes: readonly GlobNode[], text: readonly string[], starts: ReadonlySet<number>): Set<number> {
  let positions = new Set(starts)
  for (const node of nodes) positions = after(node, text, positions)
  return positions
}

function after(node: GlobNode, text: readonly string[], starts: ReadonlySet<number>): Set<number> {
  const reached = new Set<number>()
  if (node.kind === 'choice') {
    for (const choice of node.choices) for (const end of ends(choice, text, starts)) reached.add(end)
    return reached
  }
  const literal = node.kind === 'text' ? Array.from(node.text) : []
  for (const start of starts) {
    if (node.kind === 'text') {
      if (literal.every((one, index) => text[start + index] === one)) reached.add(start + literal.length)
    } else if (node.kind === 'any' || node.kind === 'super') {
      addRun(reached, { text, start, crossing: node.kind === 'super' })
    } else if (start < text.length && matchesOne(node, text[start] ?? '')) {
      reached.add(start + 1)
    }
  }
  return reached
}

interface Run {
  readonly text: readonly string[]
  readonly start: number
  readonly crossing: boolean
}

function addRun(reached: Set<number>, { text, start, crossing }: Run): void {
  for (let end = start; !reached.has(end); end++) {
    reached.add(end)
    if (end >= text.length || (!crossing && text[end] === '/')) return
  }
}

function matchesOne(node: GlobNode, character: string): boolean {
  if (node.kind === 'list') return node.characters.includes(character) !== node.not
  if (node.kind !== 'range') return character !== '/'
  const value = character.codePointAt(0) ?? 0
  return (value >= node.low && value <= node.high) !== node.not
}
