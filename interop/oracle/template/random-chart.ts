import type { GoldenCase } from '../../../packages/template/test/golden-case.ts'
import type { GoldenValue } from '../../../packages/template/test/typed-value.ts'
import type { Random } from './random.ts'

const names = ['s', 't', 'u'] as const
const show = '{{ toJson .Values }} {{ .Chart.Name }}'

/** A chart of up to three levels whose values, given values and --set lines meet in the same few keys. */
export function randomChart(random: Random): GoldenCase {
  const files: Record<string, string> = {}
  addChart(random, files, { name: 'c', path: '', depth: 2 })
  const values = randomTable(random, 3)
  const set = random.chance(0.25) ? { set: random.list(random.between(1, 2), () => randomSet(random)) } : {}
  return { engine: 'helm', files, template: '', all: true, values, ...set }
}

interface Place {
  readonly name: string
  readonly path: string
  readonly depth: number
}

function addChart(random: Random, files: Record<string, string>, { name, path, depth }: Place): void {
  const below = depth === 0 ? [] : names.filter(() => random.chance(0.4))
  files[`${path}Chart.yaml`] =
    `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n${random.chance(0.6) ? declared(random, below) : ''}`
  files[`${path}values.yaml`] = JSON.stringify(randomTable(random, 3))
  files[`${path}templates/${name}.yaml`] = show
  for (const one of below)
    addChart(random, files, { name: one, path: `${path}charts/${one}/`, depth: depth - 1 })
}

function declared(random: Random, below: readonly string[]): string {
  const lines = below.flatMap((name) =>
    random.list(random.chance(0.15) ? 2 : 1, (index) => {
      const parts = [`name: ${name}`, 'version: 0.1.0']
      if (random.chance(0.3))
        parts.push(`condition: "${random.pick(['a', 'b', `${name}.a`, 'global.a', 'a.b,b', 'none'])}"`)
      if (random.chance(0.2)) parts.push(`tags: [${random.pick(['x', 'y', 'x, y'])}]`)
      if (index > 0 || random.chance(0.1)) parts.push(`alias: ${random.pick(['v', 'w'])}`)
      if (random.chance(0.3)) parts.push(`import-values: [${random.pick(imports)}]`)
      return `- {${parts.join(', ')}}\n`
    }),
  )
  return lines.length === 0 ? '' : `dependencies:\n${lines.join('')}`
}

const imports = [
  'a',
  'b',
  'none',
  '{child: a, parent: a}',
  '{child: b, parent: .}',
  '{child: a.b, parent: b.a}',
  '{child: exports, parent: a}',
]
const keys = ['a', 'b', 's', 't', 'u', 'v', 'global', 'exports', 'tags'] as const

function randomTable(random: Random, depth: number): { readonly [key: string]: GoldenValue } {
  const chosen = keys.filter(() => random.chance(0.35))
  return Object.fromEntries(chosen.map((key) => [key, randomOf(random, key, depth - 1)]))
}

/** A chart's name has a table below it, or Helm mostly refuses all of it. */
function randomOf(random: Random, key: string, depth: number): GoldenValue {
  if (key === 'tags') return randomTags(random)
  if (key.length === 1 && key >= 's' && random.chance(0.95)) {
    if (depth <= 0) return {}
    return random.chance(0.1) ? null : randomTable(random, depth)
  }
  return randomNode(random, depth)
}

function randomTags(random: Random): GoldenValue {
  return { x: random.chance(0.5), y: random.pick([true, false, 'text', null]) }
}

function randomNode(random: Random, depth: number): GoldenValue {
  return random.weighted<GoldenValue>([
    [depth > 0 ? 5 : 0, () => randomTable(random, depth)],
    [1, () => random.pick([1, 0, 1.5])],
    [1, () => random.pick(['', 'x', 'true'])],
    [1, () => random.chance(0.5)],
    [1.5, () => null],
    [0.5, () => [1, 'x', null]],
    [0.2, () => []],
    [0.3, () => ({})],
  ])
}

function randomSet(random: Random): string {
  const path = () =>
    random
      .list(random.between(1, 3), () => random.pick(keys) + random.pick(['', '', '', '', '[0]', '[1]']))
      .join('.')
  const value = () =>
    random.pick(['1', 'x', '', 'null', 'true', '{a,b}', '0', 'a b', '"q"', 'x\\,y', '-1', '1e3', '{}'])
  return random.list(random.pick([1, 1, 2]), () => `${path()}=${value()}`).join(',')
}
