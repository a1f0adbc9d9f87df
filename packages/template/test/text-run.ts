import type { GoFunction, ParameterType, Value } from '@chartroom/go'
import { FunctionError, GoInt, goInt, quote, sprint, TypedList, TypedMap } from '@chartroom/go'
import { Budget } from '../src/text/budget.ts'
import { TemplateError } from '../src/text/error.ts'
import type { MissingKey } from '../src/text/machine.ts'
import { TemplateSet } from '../src/text/template-set.ts'
import { isTrue } from '../src/text/truth.ts'

/** The dot of the tests of text/. */
const data: Value = map({
  s: 'str',
  e: '',
  n: 5,
  z: 0,
  f: 1.5,
  t: true,
  b: false,
  nil: null,
  l: [1, 'b', null],
  el: [],
  m: map({ k: 'v', n: null, o: map({ p: 1 }) }),
  em: map({}),
  i: goInt(7),
  u8: goInt(200, 'uint8'),
  strs: new TypedList('string', ['b', 'a']),
  ms: new TypedMap('string', [['a', 'x']]),
  by: new TextEncoder().encode('hi'),
  u: 'é\u{1f600}',
  raw: 'a\udcffb',
  html: `<a href="x">'&'</a>`,
})

export function map(entries: Record<string, Value>): Map<string, Value> {
  return new Map(Object.entries(entries))
}

export function goFunction(parameters: string, call: GoFunction['call'], variadic = false): GoFunction {
  return { parameters: parameters.split(' ').filter(Boolean) as ParameterType[], variadic, call }
}

/** As Sprig has them, as far as the tests need. */
export const functions: ReadonlyMap<string, GoFunction> = new Map([
  ['upper', goFunction('string', (text: string) => text.toUpperCase())],
  ['trunc', goFunction('int string', (count: GoInt, text: string) => text.slice(0, Number(count.value)))],
  ['ternary', goFunction('any any bool', (yes: Value, no: Value, which: boolean) => (which ? yes : no))],
  ['hasKey', goFunction('map string', (given: Map<string, Value>, key: string) => given.has(key))],
  ['int', goFunction('any', (value: Value) => (value instanceof GoInt ? goInt(value.value) : goInt(0)))],
  ['add', goFunction('any', (...values: Value[]) => goInt(values.reduce<bigint>(sum, 0n), 'int64'), true)],
  [
    'quote',
    goFunction('any', (...values: Value[]) => values.map((value) => quote(sprint([value]))).join(' '), true),
  ],
  [
    'default',
    goFunction('any any', (other: Value, ...given: Value[]) => (isTrue(given[0]) ? given[0] : other), true),
  ],
  [
    'fail',
    goFunction('string', (message: string): never => {
      throw new FunctionError(message)
    }),
  ],
])

function sum(total: bigint, value: Value): bigint {
  return total + (value instanceof GoInt ? value.value : 0n)
}

export interface RunOptions {
  readonly missingKey?: MissingKey
  readonly dot?: Value
  readonly functions?: ReadonlyMap<string, GoFunction>
}

/** What the template `t` writes, or the text of its error. */
export function run(text: string, options: RunOptions = {}): string {
  try {
    const set = new TemplateSet(options.functions ?? functions, { name: 't' })
    const template = set.add('t', text)
    return set.execute(template, 'dot' in options ? options.dot : data, {
      missingKey: options.missingKey,
      budget: new Budget(),
    })
  } catch (error) {
    if (error instanceof TemplateError) return error.text
    throw error
  }
}
