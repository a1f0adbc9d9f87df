import type { Rendered } from '@chartroom/template'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import type { ObjectOptions } from './rendered-object.ts'
import { renderedObjects } from './rendered-object.ts'

function rendered({ manifests = [], hooks = [], crds = [] }: Record<string, string[]>): Rendered {
  const path = 'c/templates/t.yaml'
  return {
    manifests: manifests.map((content) => ({ path, content, kind: '' })),
    hooks: hooks.map((content) => ({
      ...{ path, content, kind: 'Job', name: 'h', weight: 0, deletePolicies: [] },
      events: content.includes('test') ? ['test'] : ['pre-install'],
    })),
    crds: crds.map((content) => ({ path: 'c/crds/t.yaml', content })),
    notes: '',
  }
}

function names(parts: Record<string, string[]>, options?: ObjectOptions): string[] {
  return renderedObjects(rendered(parts), options).map(({ apiVersion, kind, namespace = '', name }) =>
    [apiVersion, kind, namespace, name].join(' '),
  )
}

const pod = (name: string): string => `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}}`
const listOf = (kind: string, ...items: string[]): string =>
  `{apiVersion: v1, kind: ${kind}, items: [${items.join(', ')}]}`

describe('objects of a render', () => {
  it('are those of CRDs, manifests and hooks, in this order', () => {
    const parts = {
      manifests: [pod('b')],
      hooks: [pod('c')],
      crds: [`${pod('a')}\n---\n# none\n---\n${pod('z')}`],
    }
    expect(names(parts)).toEqual(['v1 Pod  a', 'v1 Pod  z', 'v1 Pod  b', 'v1 Pod  c'])
    expect(names(parts, { skipCrds: true, noHooks: true })).toEqual(['v1 Pod  b'])
  })

  it('may be without hooks of tests', () => {
    expect(names({ hooks: [pod('a'), pod('test')] }, { skipTests: true })).toEqual(['v1 Pod  a'])
  })

  it.each<[string, string, string[]]>([
    ['a list', listOf('List', pod('a'), pod('b')), ['v1 Pod  a', 'v1 Pod  b']],
    ['lists in a list', listOf('List', listOf('List', pod('a')), pod('b')), ['v1 Pod  a', 'v1 Pod  b']],
    ['a list of one kind', listOf('PodList', '{metadata: {name: a}}'), ['v1 Pod  a']],
    ['an empty list', listOf('List'), []],
    ['a list of other things than objects', listOf('List', '1', 'null'), []],
    [
      'a kind that only sounds like a list',
      '{apiVersion: x/v1, kind: AllowList, metadata: {name: a}}',
      ['x/v1 AllowList  a'],
    ],
    ['a name still to be made', '{apiVersion: v1, kind: Pod, metadata: {generateName: a-}}', ['v1 Pod  a-']],
    ['a namespace', '{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: web}}', ['v1 Pod web a']],
    ['fields that are no texts', '{apiVersion: 1, kind: [x], metadata: {name: {}, namespace: 7}}', ['1  7 ']],
    ['no metadata', 'kind: Pod', [' Pod  ']],
    ['comments alone', '# nothing\n', []],
    ['an empty map', '{}', []],
  ])('are found in %s', (_, text, found) => {
    expect(names({ manifests: [text] })).toEqual(found)
  })

  it('keep a file of crds/ that is no YAML as a text', () => {
    const [object] = renderedObjects(rendered({ crds: ['a: [\n'] }))
    expect(object).toMatchObject({
      kind: '',
      name: '',
      path: 'c/crds/t.yaml',
      data: undefined,
      text: 'a: [\n',
    })
  })

  it('have a limit, also inside of lists', () => {
    const many = Array.from({ length: limits.comparedObjects + 1 }, () => 'kind: A')
    const refused = expect.objectContaining({ code: 'LIMIT_EXCEEDED' })
    expect(() => names({ manifests: many })).toThrow(refused)
    expect(() => names({ manifests: [listOf('List', ...many.map((one) => `{${one}}`))] })).toThrow(refused)
    expect(names({ manifests: many.slice(1) })).toHaveLength(limits.comparedObjects)
  })

  it('may not lie in lists without end', () => {
    let text = pod('a')
    for (let depth = 0; depth < limits.listDepth; depth++) text = listOf('List', text)
    expect(names({ manifests: [text] })).toEqual(['v1 Pod  a'])
    expect(() => names({ manifests: [listOf('List', text)] })).toThrow('lists are nested more than')
  })
})
