import { calls, int, int64, ints, map, nilList, product, strings, values, version } from './values.mjs'

const must = (names) => names.flatMap((name) => [name, `must${name[0].toUpperCase()}${name.slice(1)}`])
const lists = [
  [],
  ['a'],
  [1, 'a', null, 1, [1], [1], 'a', int(1), true],
  strings('x', 'y', 'x', ''),
  ints(3, 1, 3, 0),
  { $bytes: 'aGhp' },
  nilList,
]
const needles = [
  null,
  1,
  'a',
  '',
  int(1),
  int64(1),
  { $uint8: '104' },
  [1],
  [],
  nilList,
  strings('x'),
  map({}),
]

export const lists_ = [
  ...calls(
    must(['first', 'last', 'rest', 'initial', 'reverse', 'compact', 'uniq']),
    values.map((value) => [value]),
  ),
  ...calls(
    ['first', 'last', 'rest', 'initial', 'reverse', 'compact', 'uniq'],
    lists.map((list) => [list]),
  ),
  ...calls(['list', 'tuple'], [[], [1, null, 'a'], [[1], map({ a: 1 })]]),
  ...calls(must(['append', 'push', 'prepend']), [
    ...lists.map((list) => [list, 'z']),
    [[1], null],
    ['text', 1],
    [null, 1],
    [map({}), 1],
  ]),
  ...calls(must(['has']), product(needles.slice(0, 2), values)),
  ...calls(
    ['has', 'without'],
    product(needles, lists).map(([needle, list]) => [needle, list]),
  ),
  ...calls(
    ['without'],
    [...product(lists, needles), [[1, 2, 3], 1, 3], [strings('a', 'b'), 'a'], ['x', 1], [null], [[1]]],
  ),
  ...calls(
    ['mustWithout'],
    [
      [[1, 2], 1],
      [5, 1],
    ],
  ),
  ...calls(must(['slice']), [
    ...lists.map((list) => [list]),
    ...lists.map((list) => [list, 0]),
    [strings('a', 'b', 'c'), 1],
    [['a', 'b', 'c'], 1, 2],
    [['a', 'b', 'c'], '1', int(3)],
    [[1], 2],
    [[1], -1],
    [[1, 2], 2, 1],
    ['abc', 1],
    [null, 1],
    [[1, 2], 0, 3],
    [{ $bytes: 'aGhp' }, 1, 2],
  ]),
  ...calls(must(['chunk']), [
    ...product([-5, -2, -1, 0, 1, 2, 3, 10].map(int), [
      [],
      [1],
      [1, 2],
      [1, 2, 3, 4, 5],
      strings('a', 'b', 'c'),
    ]),
    [int(2), 'abc'],
    [int(2), null],
  ]),
  ...calls(
    ['concat'],
    [[], [[]], [[], []], [nilList], [[1], strings('a'), ints(2)], [[1], 'x'], [[1], null], [null], [map({})]],
  ),
  ...calls(['first', 'append'], [[version('1.2.3'), 1].slice(0, 1), [{ $duration: '1s' }]]).filter(
    ([name]) => name === 'first',
  ),
]
