import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { groupNames, readGroup } from '../test/golden-case.ts'
import { helmFunctions } from './helm/functions/functions.ts'
import { nodePorts } from './node/index.ts'
import { sprigFunctions } from './sprig/index.ts'
import { builtins } from './text/builtins/functions.ts'
import { Budget } from './text/budget.ts'
import type { Node } from './text/node.ts'
import { kind } from './text/node.ts'
import { parseText } from './text/parse.ts'

/** Parts of the grammar that end a list of nodes and leave none in the tree. */
const transient: readonly string[] = ['else', 'end']

const known: readonly string[] = [
  ...new Set([
    ...builtins.keys(),
    ...sprigFunctions(nodePorts).keys(),
    ...helmFunctions({ ports: nodePorts, budget: new Budget() }).keys(),
  ]),
].sort()

const texts = groupNames
  .flatMap(readGroup)
  .flatMap(({ template = '', templates = {}, files = {} }) => [
    template,
    ...Object.values(templates),
    ...Object.entries(files).flatMap(([name, text]) => (name.includes('templates/') ? [text] : [])),
  ])
const parsed = [...new Set(texts)].map(parseText)

describe('the census', () => {
  it('counts the functions that Helm has, no more and no fewer', () => {
    const golden = readFileSync(new URL('../golden/functions.json', import.meta.url), 'utf8')
    expect(known).toEqual((JSON.parse(golden) as string[]).sort())
  })

  it('finds every function in a case of the oracle', () => {
    const called = new Set(parsed.flatMap(({ functions }) => [...functions.keys()]))
    expect(known.filter((name) => !called.has(name))).toEqual([])
  })

  it('finds every kind of node in a case of the oracle', () => {
    const seen = new Set<number>()
    for (const { main, definitions } of parsed) {
      for (const tree of [main, ...definitions.values()]) if (tree !== undefined) visit(tree.root, seen)
    }
    const missing = Object.entries(kind).filter(([name, one]) => !seen.has(one) && !transient.includes(name))
    expect(missing.map(([name]) => name)).toEqual([])
  })
})

function visit(node: Node, seen: Set<number>): void {
  seen.add(node.kind)
  for (const one of [...node.nodes, ...node.variables, node.pipe, node.body, node.otherwise]) {
    if (one !== undefined) visit(one, seen)
  }
}
