import { asChartroomError } from '@chartroom/errors'
import type { GoFunction, Value, ValueMap } from '@chartroom/go'
import { formatYaml, formatYamlPretty, FunctionError, jsonKind, parseYamlValue } from '@chartroom/go'
import { fixed } from './function.ts'

/** Helm's functions for YAML. Reading never fails: the error is in what comes back. */
export const yamlFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['toYaml', fixed(['any'], (value: Value) => withoutNewline(orEmpty(() => formatYaml(value))))],
  ['mustToYaml', fixed(['any'], mustToYaml)],
  ['toYamlPretty', fixed(['any'], (value: Value) => withoutNewline(orEmpty(() => formatYamlPretty(value))))],
  ['fromYaml', fixed(['string'], fromYaml)],
  ['fromYamlArray', fixed(['string'], fromYamlArray)],
])

function mustToYaml(value: Value): string {
  try {
    return withoutNewline(formatYaml(value))
  } catch (error) {
    if (!(error instanceof FunctionError && error.message.startsWith('json: '))) throw error
    throw new FunctionError(`error marshaling into JSON: ${error.message}`, { cause: error })
  }
}

export function withoutNewline(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text
}

/** Helm gives nothing for a value that cannot be written. */
export function orEmpty(write: () => string): string {
  try {
    return write()
  } catch (error) {
    if (error instanceof FunctionError) return ''
    throw error
  }
}

function fromYaml(text: string): ValueMap {
  const read = readYaml(text)
  if ('error' in read) return new Map([['Error', read.error]])
  if (read.value === null) return new Map()
  return read.value instanceof Map
    ? read.value
    : new Map([['Error', mismatch(read.value, 'map[string]interface {}')]])
}

function fromYamlArray(text: string): Value[] {
  const read = readYaml(text)
  if ('error' in read) return [read.error]
  if (read.value === null) return []
  return Array.isArray(read.value) ? read.value : [mismatch(read.value, '[]interface {}')]
}

function readYaml(text: string): { readonly value: Value } | { readonly error: string } {
  try {
    return { value: parseYamlValue(text) }
  } catch (error) {
    return { error: asChartroomError(error).message }
  }
}

function mismatch(value: Value, type: string): string {
  return `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${jsonKind(value)} into Go value of type ${type}`
}
