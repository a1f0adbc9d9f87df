import type { GoFunction, Value, ValueMap } from '@chartroom/go'
import { FunctionError, isNil, typeOf } from '@chartroom/go'
import { deepCopy } from './deep-copy.ts'
import { isDeepEqual } from './deep-equal.ts'
import { fixed, variadic } from './go-function.ts'
import { MergeError, mergeMaps } from './merge.ts'
import { stringList, textOf } from './values.ts'

export const dictFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['dict', variadic('any', dict)],
  ['get', fixed('map string', get)],
  ['set', fixed('map string any', set)],
  ['unset', fixed('map string', unset)],
  ['hasKey', fixed('map string', (map: ValueMap, key: string) => map.has(key))],
  ['pluck', variadic('string map', pluck)],
  ['keys', variadic('map', keys)],
  ['values', fixed('map', (map: ValueMap) => [...map.values()])],
  ['pick', variadic('map string', pick)],
  ['omit', variadic('map string', omit)],
  ['dig', variadic('any', dig)],
  ['merge', variadic('map map', merger(false, false))],
  ['mustMerge', variadic('map map', merger(false, true))],
  ['mergeOverwrite', variadic('map map', merger(true, false))],
  ['mustMergeOverwrite', variadic('map map', merger(true, true))],
  ['deepCopy', fixed('any', deepCopy)],
  ['mustDeepCopy', fixed('any', deepCopy)],
  ['deepEqual', fixed('any any', isDeepEqual)],
])

function dict(...pairs: Value[]): ValueMap {
  const map: ValueMap = new Map()
  for (let at = 0; at < pairs.length; at += 2) {
    const value = at + 1 < pairs.length ? (pairs[at + 1] ?? null) : ''
    map.set(textOf(pairs[at]), value)
  }
  return map
}

function get(map: ValueMap, key: string): Value {
  const value = map.get(key)
  return value === undefined && !map.has(key) ? '' : (value ?? null)
}

function set(map: ValueMap, key: string, value: Value): ValueMap {
  return map.set(key, value ?? null)
}

function unset(map: ValueMap, key: string): Value {
  map.delete(key)
  return map
}

function pluck(key: string, ...maps: ValueMap[]): Value[] {
  const found: Value[] = []
  for (const map of maps) {
    if (map.has(key)) found.push(map.get(key) ?? null)
  }
  return found
}

// Go's order is random; here it is the order in which the keys came.
function keys(...maps: ValueMap[]): Value {
  return stringList(maps.flatMap((map) => [...map.keys()]))
}

function pick(map: ValueMap, ...names: string[]): ValueMap {
  const picked: ValueMap = new Map()
  for (const name of names) {
    if (map.has(name)) picked.set(name, map.get(name))
  }
  return picked
}

function omit(map: ValueMap, ...names: string[]): ValueMap {
  const kept: ValueMap = new Map(map)
  for (const name of names) kept.delete(name)
  return kept
}

function dig(...path: Value[]): Value {
  if (path.length < 3) throw new FunctionError('dig needs at least three arguments')
  let step: Value = path.at(-1)
  assertMap(step)
  const names = path.slice(0, -2).map(assertString)
  for (const name of names) {
    assertMap(step)
    if (!step.has(name)) return path.at(-2) ?? null
    step = step.get(name) ?? null
  }
  return step
}

function assertMap(value: Value): asserts value is ValueMap {
  if (typeOf(value) !== 'map[string]interface {}') throw conversionError(value, 'map[string]interface {}')
}

function assertString(value: Value): string {
  if (typeof value === 'string') return value
  throw conversionError(value, 'string')
}

/** What the Go runtime says of a type assertion that does not hold. */
function conversionError(value: Value, wanted: string): FunctionError {
  const type = value === null || value === undefined ? 'nil' : typeOf(value)
  return new FunctionError(`interface conversion: interface {} is ${type}, not ${wanted}`)
}

function merger(overwrite: boolean, must: boolean): (destination: ValueMap, ...sources: ValueMap[]) => Value {
  return (destination, ...sources) => {
    const merged: ValueMap =
      isNil(destination) && sources.some((source) => !isNil(source)) ? new Map() : destination
    try {
      for (const source of sources) mergeMaps(merged, source, overwrite)
    } catch (error) {
      if (must || !(error instanceof MergeError)) throw error
      return ''
    }
    return merged
  }
}
