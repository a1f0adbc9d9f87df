import type { Value, ValueMap } from '@chartroom/go'
import { FunctionError, typeOf } from '@chartroom/go'
import { limits } from '../../limits.ts'
import { isTable } from '../table.ts'

/** Sets a key; an empty one is passed over. */
export function setKey(table: ValueMap, key: string, value: Value): void {
  if (key !== '') table.set(key, value)
}

/** The table under a key, new where there is none yet. */
export function tableUnder(table: ValueMap, key: string): ValueMap {
  if (!table.has(key)) return new Map()
  const value = table.get(key)
  return isTable(value) ? value : mismatch(value, 'map[string]interface {}')
}

/** The list under a key, new where there is none yet. */
export function listUnder(table: ValueMap, key: string): Value[] {
  return table.has(key) ? asList(table.get(key)) : []
}

export function asList(value: Value): Value[] {
  return Array.isArray(value) ? value : mismatch(value, '[]interface {}')
}

/** The list with a value at an index; what lies between is null. */
export function withIndex(list: readonly Value[], index: number, value: Value): Value[] {
  if (index > limits.setIndex) {
    throw new FunctionError(`index of ${index} is greater than maximum supported index of ${limits.setIndex}`)
  }
  const result = [...list]
  while (result.length <= index) result.push(null)
  result[index] = value
  return result
}

/** What is in brackets as an index. */
export function parseIndex(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw atoi(text, 'invalid syntax')
  const value = BigInt(text.replace(/^\+/, ''))
  if (value !== BigInt.asIntN(64, value)) throw atoi(text, 'value out of range')
  if (value < 0n) throw new FunctionError(`negative ${value} index not allowed`)
  return Number(value)
}

function atoi(text: string, what: string): FunctionError {
  return new FunctionError(`error parsing index: strconv.Atoi: parsing ${JSON.stringify(text)}: ${what}`)
}

// Helm runs into a failed type assertion here, and says so.
function mismatch(value: Value, wanted: string): never {
  const found = value === null || value === undefined ? 'nil' : typeOf(value)
  throw new FunctionError(
    `unable to parse key: interface conversion: interface {} is ${found}, not ${wanted}`,
  )
}
