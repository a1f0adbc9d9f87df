import { readFileSync } from 'node:fs'
import type { GoFunction, Value } from '@chartroom/go'
import { formatValue, FunctionError, GoTime, isObject, parseTime, utc } from '@chartroom/go'
import type { GoldenValue } from '../src/sprig/testing/golden-value.ts'
import { decodeGolden } from '../src/sprig/testing/golden-value.ts'

/** A call of a function, and what Sprig makes of it: written by interop/oracle/crypto/regenerate.mjs. */
export interface GoldenCall {
  readonly fn: string
  readonly args: GoldenValue[]
  readonly gives?: string
  readonly error?: string
}

export function goldenCrypto<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../golden/crypto/${name}.json`, import.meta.url), 'utf8')) as T
}

/** What a function prints, or its error. */
export function answerTo(functions: ReadonlyMap<string, GoFunction>, { fn, args }: GoldenCall): string {
  const result = callOrError(functions, fn, args.map(valueOf))
  return typeof result === 'string' ? result : formatValue(result)
}

/** The result of a function, or the text of its error. */
export function callOrError(functions: ReadonlyMap<string, GoFunction>, name: string, args: Value[]): Value {
  const call = functions.get(name)?.call as ((...given: Value[]) => Value) | undefined
  if (call === undefined) throw new Error(`there is no function ${name}`)
  try {
    return call(...args)
  } catch (error) {
    if (error instanceof FunctionError) return error.message
    throw error
  }
}

const keys = goldenCrypto<Record<string, string>>('keys')

export function valueOf(golden: GoldenValue): Value {
  const tag = golden !== null && typeof golden === 'object' && !Array.isArray(golden) ? golden : {}
  if (typeof tag['$key'] === 'string') return keys[tag['$key']]
  if (typeof tag['$time'] === 'string') return timeOf(tag['$time'])
  if (Array.isArray(tag['$custom'])) return certificateOf(tag['$custom'].map(valueOf))
  return decodeGolden(golden)
}

function timeOf(text: string): GoTime {
  return new GoTime({ ...parseTime('2006-01-02T15:04:05Z07:00', text, utc), local: utc })
}

function certificateOf([certificate, key]: Value[]): Value {
  const fields = new Map([
    ['Cert', certificate],
    ['Key', key],
  ])
  return { goType: 'sprig.certificate', goKind: 'struct', fields, methods: new Map() }
}

/** A field of what a function returns, as text. */
export function fieldOf(object: Value, name: string): string {
  const value = isObject(object) ? object.fields.get(name) : undefined
  if (typeof value !== 'string') throw new Error(`no field ${name} in ${formatValue(object)}`)
  return value
}
