import {
  bytes,
  calls,
  float,
  int,
  ints,
  map,
  nil,
  nilList,
  product,
  strings,
  textMap,
  values,
  version,
} from './values.mjs'

const nested = map({ a: map({ b: map({ c: 1, n: null }), s: 'text' }), l: [1], n: null, z: 0 })
const sides = [
  map({}),
  map({ a: 1 }),
  map({ a: 0, b: '', c: false, d: null, e: [], f: map({}) }),
  map({ a: 2, b: 'x', c: true, d: 1, e: [1, 2], f: map({ g: 1 }) }),
  map({ a: map({ x: 1 }), b: [3], e: strings('s'), f: map({ g: 2, h: map({ i: [] }) }) }),
  map({ a: 'text', b: map({ y: null }), e: 'flat', f: 'flat', d: map({}) }),
  map({ a: textMap({ k: 'v' }), f: textMap({ g: 's' }), v: version('1.2.3') }),
  map({ a: [], f: nilList, e: { $bytes: 'aGk=' } }),
  map({ b: { $duration: '1s' } }),
]
const equal = [
  ...values,
  map({ a: 1 }),
  map({ a: int(1) }),
  [1, 'a'],
  [1, 'a', null, true],
  strings('b', 'a', 'B'),
  nilList,
  float('NaN'),
  [float('NaN')],
]

export const dicts = [
  ...calls(
    ['dict'],
    [[], ['a', 1], ['a', 1, 'b'], [1, 2, null, 3, true, 4, [1], 5], ['a', null], ['a', 1, 'a', 2]],
  ),
  ...calls(
    ['get', 'hasKey', 'unset'],
    product(
      [map({}), map({ a: 1, '': 2, n: null }), textMap({ a: 'x' }), nil],
      ['a', '', 'n', 'zz', bytes(0xff)],
    ),
  ),
  ...calls(
    ['set'],
    [
      [map({}), 'a', 1],
      [map({ a: 1 }), 'a', null],
      [nil, 'a', 1],
      [map({}), '', [1]],
    ],
  ),
  ...calls(['pluck'], [['a'], ['a', map({ a: 1 }), map({}), map({ a: null })], ['a', nil]]),
  ...calls(['keys'], [[], [map({ b: 1, a: 2 })], [map({ a: 1 }), map({ a: 2, c: 1 })], [nil]]),
  ...calls(['values'], [[map({})], [map({ b: 1, a: null })], [nil]]),
  ...calls(
    ['pick', 'omit'],
    [
      [map({ a: 1, b: null }), 'a', 'b', 'c'],
      [map({ a: 1 })],
      [map({}), 'a'],
      [nil, 'a'],
      [map({ a: [1] }), ''],
    ],
  ),
  ...calls(
    ['dig'],
    [
      ['a', 'b', 'c', 'd', nested],
      ['a', 'b', 'x', 'd', nested],
      ['a', 's', 'x', 'd', nested],
      ['a', 'd', nested],
      ['n', 'x', 'd', nested],
      ['n', 'd', nested],
      ['a', 'x', null, nested],
      ['l', 'x', 'd', nested],
      ['a'],
      ['a', 'b'],
      [],
      [1, 'd', nested],
      [null, 'd', nested],
      ['a', 'd', 'text'],
      ['a', 'd', null],
      ['a', 'd', textMap({ a: 'x' })],
      ['a', 'd', [1]],
      ['x', [1], nested],
    ],
  ),
  ...calls(['merge', 'mergeOverwrite', 'mustMerge', 'mustMergeOverwrite'], product(sides, sides)),
  // A map does not merge into a pointer.
  ...calls(
    ['merge', 'mergeOverwrite', 'mustMerge', 'mustMergeOverwrite'],
    [[map({ v: version('2.0.0') }), map({ v: map({ p: 1 }) })]],
  ),
  ...calls(
    ['merge', 'mergeOverwrite'],
    [
      [map({})],
      [map({}), map({ a: 1 }), map({ a: 2, b: 3 }), map({ b: 4 })],
      [nil, map({ a: 1 })],
      [map({ a: 1 }), nil],
    ],
  ),
  ...calls(
    ['deepCopy', 'mustDeepCopy'],
    [...values, nested].map((value) => [value]),
  ),
  ...calls(
    ['deepEqual'],
    [
      ...equal.map((value) => [value, value]),
      ...product(equal.slice(0, 40), [1, 'abc', null, [], nilList, strings(), map({}), int(5), true]),
    ],
  ),
  ...calls(
    ['deepEqual'],
    [
      [map({ a: [1] }), map({ a: [1] })],
      [map({ a: [1] }), map({ a: [2] })],
      [map({ a: 1 }), map({ b: 1 })],
      [map({ a: null }), map({ b: null })],
      [ints(1), [int(1)]],
      [version('1.0.0'), version('1.0.0')],
      [version('1.0.0'), version('v1.0.0')],
    ],
  ),
]
