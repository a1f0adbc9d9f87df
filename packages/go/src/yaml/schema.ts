import { ChartroomError } from '@chartroom/errors'
import { defineMappingTag, defineScalarTag, defineSequenceTag, NOT_RESOLVED, Schema, strTag } from 'js-yaml'
import { formatFloat32 } from '../number.ts'
import { limits } from './limits.ts'
import { resolveScalar } from './scalar.ts'
import type { YamlMap, YamlValue } from './value.ts'

type Scalar = null | boolean | number | bigint

/** Stands for a plain `<<`; a quoted one is a key like any other. */
const merge = Symbol('<<')

const scalarTag = (
  name: string,
  fits: (value: Scalar) => boolean,
): ReturnType<typeof defineScalarTag<Scalar>> =>
  defineScalarTag<Scalar>(`tag:yaml.org,2002:${name}`, {
    implicit: true,
    resolve: (source) => {
      const value = resolveScalar(source)
      return value !== undefined && fits(value) ? value : NOT_RESOLVED
    },
    identify: () => false,
  })

// Under a name of its own: js-yaml would merge by its own rules under the standard one.
const mergeTag = defineScalarTag<symbol>('tag:chartroom,2026:merge', {
  implicit: true,
  implicitFirstChars: ['<'],
  resolve: (source) => (source === '<<' ? merge : NOT_RESOLVED),
  identify: () => false,
})

interface MapCarrier {
  readonly own: Map<string, YamlValue>
  /** Keys of merged maps: a key of the map itself counts before them, wherever it stands. */
  readonly merged: Map<string, YamlValue>
}

const mapTag = defineMappingTag<MapCarrier, YamlMap>('tag:yaml.org,2002:map', {
  create: () => ({ own: new Map(), merged: new Map() }),
  addPair(carrier, key, value) {
    if (key === merge) return mergeInto(carrier, value)
    const name = keyText(key)
    if (name === undefined) return 'a key must be a text, a number or a boolean'
    carrier.own.set(name, plainValue(value))
    return ''
  },
  has: (carrier, key) => key !== merge && carrier.own.has(keyText(key) ?? ''),
  keys: (result) => Object.keys(result),
  get: (result, key) => result[String(key)],
  finalize({ own, merged }) {
    const map = Object.create(null) as YamlMap
    for (const [key, value] of [...merged, ...own]) map[key] = value
    return measured(map, Object.values(map))
  },
  identify: () => false,
})

const seqTag = defineSequenceTag<YamlValue[]>('tag:yaml.org,2002:seq', {
  create: () => [],
  addItem(carrier, item) {
    carrier.push(plainValue(item))
    measured(carrier, [carrier.at(-1) ?? null])
  },
  identify: () => false,
})

/** go-yaml v2's reading of scalars, maps and merges. */
export const goSchema: Schema = new Schema([
  scalarTag('null', (value) => value === null),
  scalarTag('bool', (value) => typeof value === 'boolean'),
  scalarTag('int', (value) => typeof value === 'bigint' || Number.isInteger(value)),
  scalarTag('float', (value) => typeof value === 'number' || typeof value === 'bigint'),
  mergeTag,
  strTag,
  seqTag,
  mapTag,
])

/** A value as it comes out of JSON: numbers are float64, and there is no infinity. */
export function plainValue(value: unknown): YamlValue {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'number' && !Number.isFinite(value)) {
    const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
    throw new ChartroomError('YAML_INVALID', `json: unsupported value: ${name}`)
  }
  return value === merge ? '<<' : (value as YamlValue)
}

// How many values a collection holds once its aliases are written out, as JSON does.
const sizes = new WeakMap<object, number>()

function measured<T extends object>(collection: T, added: readonly YamlValue[]): T {
  let size = sizes.get(collection) ?? 1
  for (const value of added) size += typeof value === 'object' && value !== null ? (sizes.get(value) ?? 1) : 1
  if (size > limits.values) {
    throw new ChartroomError(
      'LIMIT_EXCEEDED',
      'the YAML holds too many values once its aliases are written out',
    )
  }
  sizes.set(collection, size)
  return collection
}

function mergeInto({ merged }: MapCarrier, value: unknown): string {
  const sources: unknown[] = Array.isArray(value) ? value : [value]
  for (const source of sources) {
    if (typeof source !== 'object' || source === null || Array.isArray(source)) {
      return 'map merge requires map or sequence of maps as the value'
    }
    for (const [key, one] of Object.entries(source as YamlMap)) if (!merged.has(key)) merged.set(key, one)
  }
  return merged.size > limits.mergeKeys ? 'too many keys are merged' : ''
}

function keyText(key: unknown): string | undefined {
  if (typeof key === 'string') return key
  if (typeof key === 'bigint') return key < 2n ** 63n ? String(key) : undefined
  if (typeof key === 'boolean' || Number.isSafeInteger(key)) return String(key)
  return typeof key === 'number' ? formatFloat32(key) : undefined
}
