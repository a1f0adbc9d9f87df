import type { IntKind, Value } from '@chartroom/go'
import { GoDuration, goInt, parseDuration, TypedList, TypedMap } from '@chartroom/go'

/** A value in the JSON of the oracle: numbers are float64, an object of one `$` key has the Go type it names. */
export type GoldenValue =
  | null
  | boolean
  | number
  | string
  | GoldenValue[]
  | { readonly [key: string]: GoldenValue }

/** The value that the oracle's Go program makes of the same JSON. */
export function typedValue(golden: GoldenValue): Value {
  if (golden === null || typeof golden !== 'object') return golden
  if (Array.isArray(golden)) return golden.map(typedValue)
  const entries = Object.entries(golden)
  const [key, content] = entries[0] ?? ['', null]
  if (entries.length === 1 && key.startsWith('$')) return tagged(key, content)
  return new Map(entries.map(([name, one]) => [name, typedValue(one)]))
}

function tagged(tag: string, content: GoldenValue): Value {
  switch (tag) {
    case '$nil':
      return null
    case '$float':
      return Number(textOf(content).replace('Inf', 'Infinity'))
    case '$bytes':
      return Uint8Array.from(atob(textOf(content)), (one) => one.charCodeAt(0))
    case '$duration':
      return new GoDuration(parseDuration(textOf(content)))
    case '$error':
      return errorValue(textOf(content))
    case '$strings':
      return new TypedList('string', items(content).map(typedValue))
    case '$ints':
      return new TypedList(
        'int',
        items(content).map((one) => integer(one, 'int')),
      )
    case '$floats':
      return new TypedList('float64', items(content).map(typedValue))
    case '$bools':
      return new TypedList('bool', items(content).map(typedValue))
    case '$maps':
      return new TypedList('map[string]interface {}', items(content).map(typedValue))
    case '$mapStr':
      return new TypedMap('string', entriesOf(content, typedValue))
    case '$mapInt':
      return new TypedMap(
        'int',
        entriesOf(content, (one) => integer(one, 'int')),
      )
    default:
      return integer(content, tag.slice(1) as IntKind)
  }
}

/** What Go's errors.New gives. */
function errorValue(text: string): Value {
  return {
    goType: '*errors.errorString',
    goKind: 'ptr',
    fields: new Map(),
    methods: new Map([['Error', { parameters: [], variadic: false, call: () => text }]]),
    text: () => text,
  }
}

function textOf(content: GoldenValue): string {
  return typeof content === 'string' ? content : JSON.stringify(content)
}

function integer(content: GoldenValue, kind: IntKind): Value {
  return goInt(BigInt(textOf(content)), kind)
}

function items(content: GoldenValue): GoldenValue[] {
  return Array.isArray(content) ? content : []
}

function entriesOf(content: GoldenValue, make: (one: GoldenValue) => Value): [string, Value][] {
  return Object.entries(content ?? {}).map(([key, one]) => [key, make(one as GoldenValue)])
}
