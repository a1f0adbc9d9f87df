import type { GoFunction, Value, ValueMap } from '@chartroom/go'
import { formatJson, FunctionError, JsonRangeError, parseJsonList, parseJsonMap } from '@chartroom/go'
import { fixed } from './function.ts'
import { orEmpty } from './yaml.ts'

/** Helm's functions for JSON. Reading never fails: the error is in what comes back. */
export const jsonFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['toJson', fixed(['any'], (value: Value) => orEmpty(() => formatJson(value)))],
  ['mustToJson', fixed(['any'], (value: Value) => formatJson(value))],
  ['fromJson', fixed(['string'], fromJson)],
  ['fromJsonArray', fixed(['string'], fromJsonArray)],
])

function fromJson(text: string): ValueMap {
  try {
    return parseJsonMap(text)
  } catch (error) {
    const read = error instanceof JsonRangeError && error.value instanceof Map ? error.value : []
    return new Map([...read, ['Error', messageOf(error)]])
  }
}

function fromJsonArray(text: string): Value[] {
  try {
    return parseJsonList(text)
  } catch (error) {
    return [messageOf(error)]
  }
}

export function messageOf(error: unknown): string {
  if (error instanceof FunctionError) return error.message
  throw error
}
