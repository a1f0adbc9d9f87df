import { ChartroomError, isChartroomError } from '@chartroom/errors'
import {
  defineMappingTag,
  defineScalarTag,
  loadAll,
  mergeTag,
  NOT_RESOLVED,
  Schema,
  seqTag,
  strTag,
  YAMLException,
} from 'js-yaml'
import { limits } from './limits.ts'
import { resolveScalar } from './scalar.ts'
import type { YamlMap, YamlValue } from './value.ts'

export interface ReadOptions {
  /** Duplicate keys are errors; else the last one counts. */
  readonly strict?: boolean | undefined
}

/** The first document, as Helm reads it: go-yaml v2 and then JSON. An empty text is null. */
export function parseYaml(text: string, options: ReadOptions = {}): YamlValue {
  return parseYamlDocuments(text, options)[0] ?? null
}

/** All documents of a text. Throws `YAML_INVALID` with line and column. */
export function parseYamlDocuments(text: string, options: ReadOptions = {}): YamlValue[] {
  if (text.length > limits.bytes) {
    throw new ChartroomError('LIMIT_EXCEEDED', `a YAML text of ${text.length} characters is too long`)
  }
  try {
    return loadAll(text, {
      schema,
      json: options.strict !== true,
      maxDepth: limits.depth,
      maxAliases: limits.aliases,
      maxTotalMergeKeys: limits.mergeKeys,
    }) as YamlValue[]
  } catch (error) {
    if (isChartroomError(error)) throw error
    if (error instanceof YAMLException) throw invalid(error)
    throw error
  }
}

function invalid(error: YAMLException): ChartroomError {
  const where =
    error.mark === undefined ? '' : ` at line ${error.mark.line + 1}, column ${error.mark.column + 1}`
  return new ChartroomError('YAML_INVALID', `${error.reason}${where}`, { cause: error })
}

const scalarTag = (name: string, fits: (value: unknown) => boolean) =>
  defineScalarTag<null | boolean | number>(`tag:yaml.org,2002:${name}`, {
    implicit: true,
    resolve: (source) => {
      const value = resolveScalar(source)
      return value !== undefined && fits(value) ? value : NOT_RESOLVED
    },
    identify: () => false,
  })

const mapTag = defineMappingTag<Map<string, unknown>, YamlMap>('tag:yaml.org,2002:map', {
  create: () => new Map(),
  addPair(carrier, key, value) {
    const name = keyText(key)
    if (name === undefined) return 'a key must be a text, a number or a boolean'
    carrier.set(name, value)
    return ''
  },
  has: (carrier, key) => carrier.has(keyText(key) ?? ''),
  keys: (result) => Object.keys(result),
  get: (result, key) => result[String(key)],
  finalize: (carrier) => Object.assign(Object.create(null) as YamlMap, Object.fromEntries(carrier)),
  identify: () => false,
})

function keyText(key: unknown): string | undefined {
  if (typeof key === 'string') return key
  return typeof key === 'number' || typeof key === 'boolean' ? String(key) : undefined
}

const schema = new Schema([
  scalarTag('null', (value) => value === null),
  scalarTag('bool', (value) => typeof value === 'boolean'),
  scalarTag('int', (value) => Number.isInteger(value)),
  scalarTag('float', (value) => typeof value === 'number'),
  mergeTag,
  strTag,
  seqTag,
  mapTag,
])
