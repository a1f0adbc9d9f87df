import { asChartroomError } from '@chartroom/errors'
import type { YamlMap, YamlValue } from '@chartroom/go'
import type { OutputUnit, Schema, SchemaDraft } from '@cfworker/json-schema'
import { Validator } from '@cfworker/json-schema'
import { isMap } from '../metadata/go-decoder.ts'
import { portablePattern } from './pattern.ts'

export interface SchemaResult {
  /** `at '/path': what is wrong`. */
  readonly errors: readonly string[]
  /** Parts of the schema that could not be checked here, though Helm may be able to. */
  readonly unchecked: readonly string[]
}

/**
 * Checks values against a JSON schema of draft 4 to 2020-12. References to other documents are not followed,
 * and patterns that JavaScript cannot run, or only in exponential time, are passed over; both are reported.
 */
export function checkSchema(text: string, values: YamlMap): SchemaResult {
  let parsed: YamlValue
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    return { errors: [`values.schema.json is no JSON: ${asChartroomError(error).message}`], unchecked: [] }
  }
  if (typeof parsed === 'boolean') return { errors: parsed ? [] : ["at '': false schema"], unchecked: [] }
  if (parsed === null || !isMap(parsed)) return { errors: ['values.schema.json is no schema'], unchecked: [] }
  const unchecked: string[] = []
  const schema = withoutPatterns(parsed, unchecked)
  try {
    const { errors } = new Validator(schema as Schema, draftOf(parsed), false).validate(values)
    return { errors: leaves(errors).map(message), unchecked }
  } catch (error) {
    return { errors: [], unchecked: [...unchecked, failure(error)] }
  }
}

function draftOf({ $schema }: YamlMap): SchemaDraft {
  const name = typeof $schema === 'string' ? $schema : ''
  if (name.includes('draft-04')) return '4'
  if (name.includes('draft-06') || name.includes('draft-07')) return '7'
  return name.includes('2019-09') ? '2019-09' : '2020-12'
}

/** A failed schema also fails each one that contains it: what matters is the innermost. */
function leaves(errors: readonly OutputUnit[]): OutputUnit[] {
  return errors.filter((one) => !errors.some((other) => isInside(other, one)))
}

function isInside(other: OutputUnit, one: OutputUnit): boolean {
  // The schema `false` has no place of its own in the report.
  if (other.keyword === 'false') {
    return one.error.startsWith('Property ') && other.instanceLocation.startsWith(`${one.instanceLocation}/`)
  }
  return other.keywordLocation.startsWith(`${one.keywordLocation}/`)
}

function message({ instanceLocation, error }: OutputUnit): string {
  const text = error === 'False boolean schema.' ? 'not allowed here' : error
  return `at '${instanceLocation.replace(/^#/, '')}': ${text}`
}

function failure(error: unknown): string {
  if (error instanceof RangeError) return 'cannot be checked: it refers to itself without end'
  const text = asChartroomError(error).message.split('\n', 1)[0] ?? ''
  return `cannot be checked: ${text}`
}

/** Keywords whose content is data, not schemas. */
const data: readonly string[] = ['const', 'default', 'enum', 'examples']
/** Keywords whose content is schemas by name. */
const named: readonly string[] = ['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'properties']

function withoutPatterns(schema: YamlMap, unchecked: string[]): YamlMap {
  const result: YamlMap = Object.create(null)
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'pattern' && typeof value === 'string') {
      const pattern = portable(value, unchecked)
      if (pattern !== undefined) result[key] = pattern
    } else if (key === 'patternProperties' && isMap(value)) {
      result[key] = portableKeys(value, unchecked)
    } else if (named.includes(key) && isMap(value)) {
      result[key] = mapValues(value, (one) => inside(one, unchecked))
    } else {
      result[key] = data.includes(key) ? value : inside(value, unchecked)
    }
  }
  const dropped = isMap(schema['patternProperties'] ?? null) && countKeys(result) < countKeys(schema)
  if (dropped) for (const key of ['additionalProperties', 'unevaluatedProperties']) delete result[key]
  return result
}

function inside(value: YamlValue, unchecked: string[]): YamlValue {
  if (Array.isArray(value)) return value.map((item) => inside(item, unchecked))
  return isMap(value) ? withoutPatterns(value, unchecked) : value
}

function mapValues(map: YamlMap, change: (value: YamlValue) => YamlValue): YamlMap {
  const result: YamlMap = Object.create(null)
  for (const [key, value] of Object.entries(map)) result[key] = change(value)
  return result
}

function portableKeys(patterns: YamlMap, unchecked: string[]): YamlMap {
  const result: YamlMap = Object.create(null)
  for (const [key, value] of Object.entries(patterns)) {
    const pattern = portable(key, unchecked)
    if (pattern !== undefined) result[pattern] = inside(value, unchecked)
  }
  return result
}

function countKeys({ patternProperties = null }: YamlMap): number {
  return isMap(patternProperties) ? Object.keys(patternProperties).length : 0
}

function portable(pattern: string, unchecked: string[]): string | undefined {
  const result = portablePattern(pattern)
  if (result === undefined) unchecked.push(`the pattern ${JSON.stringify(pattern)} is not checked`)
  return result
}
