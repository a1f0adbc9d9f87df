import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { groupNames, readGroup } from '../test/golden-case.ts'
import { helmFunctions } from './helm/functions/functions.ts'
import { nodePorts } from './node/index.ts'
import { sprigFunctions } from './sprig/index.ts'
import { builtins } from './text/builtins/functions.ts'
import { Budget } from './text/budget.ts'
import * as kind from './text/kind.ts'
import type { Node } from './text/node.ts'
import { parseText } from './text/parse.ts'

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
      for (const tree of [main, ...definitions.values()]) visit(tree?.root, seen)
    }
    const missing = Object.entries(kind).filter(([, one]) => !seen.has(one))
    expect(missing.map(([name]) => name)).toEqual([])
  })
})

/** A node, those inside of it, and those chained to it. */
function visit(first: Node | undefined, seen: Set<number>): void {
  for (let node: Node | undefined = first; node !== undefined; node = node.next) {
    seen.add(node.kind)
    for (const inside of insidesOf(node)) visit(inside, seen)
  }
}

function insidesOf(node: Node): readonly (Node | undefined)[] {
  switch (node.kind) {
    case kind.pipe:
      return [node.first, ...(node.declaration?.variables ?? [])]
    case kind.command:
      return [node.first]
    case kind.chain:
      return [node.base]
    case kind.if:
    case kind.range:
    case kind.with:
    case kind.action:
    case kind.template:
      return [node.pipe, node.body, node.otherwise]
    default:
      return []
  }
}
