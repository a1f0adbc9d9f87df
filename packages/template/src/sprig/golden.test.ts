import { readdirSync, readFileSync } from 'node:fs'
import type { GoFunction, Value } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { defaultFunctions } from './defaults.ts'
import { dictFunctions } from './dicts.ts'
import { encodingFunctions } from './encoding.ts'
import { flowFunctions } from './flow.ts'
import { jsonFunctions } from './json.ts'
import { listFunctions } from './lists.ts'
import { mathFunctions } from './math.ts'
import { pathFunctions } from './paths.ts'
import { reflectionFunctions } from './reflection.ts'
import { regexpFunctions } from './regexps.ts'
import { semverFunctions } from './semver.ts'
import { stringFunctions } from './strings.ts'
import type { GoldenValue } from './testing/golden-value.ts'
import { decodeGolden, encodeGolden } from './testing/golden-value.ts'
import { urlFunctions } from './urls.ts'

/** What Sprig gives for calls with typed arguments, written by interop/oracle/sprig/regenerate.mjs. */
interface Call {
  readonly fn: string
  readonly args: GoldenValue[]
  readonly gives: GoldenValue
  /** The arguments after the call, if it changed them. */
  readonly changed?: GoldenValue
  readonly error?: string
}

const folder = new URL('../../golden/sprig/', import.meta.url)
const functions: ReadonlyMap<string, GoFunction> = new Map([
  ...stringFunctions,
  ...mathFunctions,
  ...listFunctions,
  ...dictFunctions,
  ...defaultFunctions,
  ...jsonFunctions,
  ...encodingFunctions,
  ...regexpFunctions,
  ...semverFunctions,
  ...urlFunctions,
  ...reflectionFunctions,
  ...pathFunctions,
  ...flowFunctions,
])

/** Go ranges over maps in random order. */
const unordered = new Set(['keys', 'values'])

describe.each(readdirSync(folder))('the functions of golden/sprig/%s', (file) => {
  const calls = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Call[]

  it.each(byFunction(calls))('%s answers as Sprig does', (_, ofOne) => {
    const wrong = ofOne.flatMap((call) => {
      const answer = run(call)
      const expected = expectation(call)
      return JSON.stringify(answer) === JSON.stringify(expected)
        ? []
        : [{ args: call.args, answer, expected }]
    })
    expect(wrong).toEqual([])
  })
})

function byFunction(calls: readonly Call[]): [string, Call[]][] {
  const names = [...new Set(calls.map(({ fn }) => fn))]
  return names.map((name) => [name, calls.filter(({ fn }) => fn === name)])
}

function expectation({ fn, gives, changed, error }: Call): unknown {
  if (error !== undefined) return { error: decodeError(error) }
  return { gives: unordered.has(fn) ? sorted(gives) : gives, changed }
}

function decodeError(error: string): GoldenValue {
  return error.startsWith('$text:') ? { $text: error.slice(6) } : error
}

function run({ fn, args }: Call): unknown {
  const values = args.map(decodeGolden)
  const before = JSON.stringify(values.map(encodeGolden))
  const call = functions.get(fn)?.call as ((...args: Value[]) => Value) | undefined
  if (call === undefined) throw new Error(`no function ${fn}`)
  let given: Value
  try {
    given = call(...values)
  } catch (error) {
    return { error: encodeGolden((error as Error).message) }
  }
  const after = values.map(encodeGolden)
  const changed = JSON.stringify(after) === before ? undefined : argumentMap(after, args)
  const gives = encodeGolden(given)
  return { gives: unordered.has(fn) ? sorted(gives) : gives, changed }
}

/** The arguments as the map that the Go program passes them in. */
function argumentMap(values: readonly GoldenValue[], args: readonly GoldenValue[]): GoldenValue {
  const entries = values.map((value, index): [string, GoldenValue] => [`A${index}`, value])
  return { $map: entries.filter((_, index) => JSON.stringify(args[index]) !== '{"$literal":"nil"}') }
}

function sorted(value: GoldenValue): GoldenValue {
  if (Array.isArray(value)) return value.map((one) => JSON.stringify(one)).sort()
  if (value === null || typeof value !== 'object') return value
  const { $strings } = value
  return Array.isArray($strings) ? { $strings: [...($strings as string[])].sort() } : value
}
