import type { GoFunction, GoInt, GoObject, ParameterType, Value } from '@chartroom/go'
import { FunctionError, GoDuration, goInt, nilMap, sprint, sprintf, TypedList, TypedMap } from '@chartroom/go'
import { goFunction, map } from './text-run.ts'

/** The type and the value that a function has received. */
function described(value: Value): string {
  return sprintf('%T:%v', [value, value])
}

function taking(type: ParameterType): GoFunction {
  return goFunction(type, (value: Value) => described(value))
}

const fails = goFunction('string', (message: string): never => {
  throw new FunctionError(message)
})

/** Functions of one parameter of each type, and some of more. */
export const typedFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['fstring', taking('string')],
  ['fint', taking('int')],
  ['fint64', taking('int64')],
  ['fuint32', taking('uint32')],
  ['ffloat', taking('float64')],
  ['fbool', taking('bool')],
  ['fmap', taking('map')],
  ['flist', taking('list')],
  ['fstrings', taking('strings')],
  ['fbytes', taking('bytes')],
  ['fany', taking('any')],
  ['ferror', taking('error')],
  ['fdur', taking('duration')],
  [
    'fvalue',
    goFunction('value', (value: Value) =>
      value === undefined ? 'invalid' : value === null ? 'nil interface' : described(value),
    ),
  ],
  ['fvar', goFunction('string', (...texts: string[]) => described(new TypedList('string', texts)), true)],
  [
    'fmix',
    goFunction('int any', (first: Value, ...rest: Value[]) => described(first) + described(rest), true),
  ],
  ['ftwo', goFunction('string int', (first: Value, second: Value) => described(first) + described(second))],
  ['fnil', goFunction('', () => null)],
  ['fnone', goFunction('', () => 'none')],
  ['fmapr', goFunction('', () => map({ k: 'v', n: null }))],
  ['ffail', fails],
  ['ffn', goFunction('', () => goFunction('string int', joined, true))],
  ['fretv', goFunction('value', (value: Value) => value)],
])

function joined(text: string, ...numbers: Value[]): string {
  return text + sprint([numbers])
}

function object(goType: string, fields: Record<string, Value>, more: Partial<GoObject> = {}): GoObject {
  const goKind = goType.startsWith('*') ? 'ptr' : 'struct'
  return { goType, goKind, fields: map(fields), methods: new Map(), ...more }
}

const pointed: GoObject = object(
  '*main.Obj',
  {
    Name: 'ob',
    Num: goInt(3),
    Val: object('main.Inner', { Z: goInt(7) }),
    Fn: goFunction('string', (text: string) => `fn${text}`),
    List: new TypedList('string', ['x']),
    Map: new TypedMap('string', [['q', 'r']]),
  },
  {
    methods: new Map([
      ['Hi', goFunction('', () => 'hi ob')],
      ['Add', goFunction('int int', (a: GoInt, b: GoInt) => goInt(a.value + b.value))],
      ['Var', goFunction('string any', (text: string, ...rest: Value[]) => rest.length + text, true)],
      ['Fail', goFunction('', () => fails.call('obj failed' as never))],
      ['Self', goFunction('', () => pointed)],
      ['Data', goFunction('', () => map({ a: 1.5, n: null }))],
    ]),
  },
)

class Files extends TypedMap<string> {
  override readonly methods: ReadonlyMap<string, GoFunction> = new Map([
    ['Get', goFunction('string', (name: string) => `got:${this.get(name) ?? ''}`)],
  ])
}

class Versions extends TypedList<string> {
  override readonly methods: ReadonlyMap<string, GoFunction> = new Map([
    ['Has', goFunction('string', (version: string) => version === this[0])],
  ])
}

/** A dot with structs, pointers, named types and functions. */
export const objects: Value = map({
  s: 'str',
  n: 5,
  i: goInt(7),
  i64: goInt(-3, 'int64'),
  u32: goInt(9, 'uint32'),
  u8: goInt(200, 'uint8'),
  b: true,
  nil: null,
  nilmap: nilMap,
  l: [1, 'b', null],
  strs: new TypedList('string', ['b', 'a']),
  m: map({ k: 'v', n: null }),
  ms: new TypedMap('string', [['a', 'x']]),
  by: new TextEncoder().encode('hi'),
  o: pointed,
  str: object('main.Str', { V: 'q' }, { text: () => '<q>' }),
  pstr: object('*main.Str', { V: 'p' }, { text: () => '<p>' }),
  files: new Files('string', [['f', 'c']], 'main.Files'),
  vers: new Versions('string', ['v1', 'v2']),
  plain: object('main.Plain', { A: 'a', B: goInt(1), C: new TypedList('string', ['z']) }),
  pplain: object('*main.Plain', { A: 'b', B: goInt(2), C: new TypedList('string', [], true) }),
  err: object('*errors.errorString', {}, { text: () => 'er' }),
  dur: new GoDuration(90_000_000_000n),
  fn: goFunction('string int', (text: string, number: GoInt) => text + number.value.toString()),
  fnv: goFunction('any', (...values: Value[]) => String(values.length), true),
})
