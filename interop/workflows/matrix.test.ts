import { describe, expect, it } from 'vitest'
import type { Scope } from './expression.ts'
import type { Leg } from './matrix.ts'
import { strategyOf } from './matrix.ts'
import { machineOf } from './runner-labels.ts'
import { Expression } from './workflow.ts'
import type { NodeMap } from './workflow.ts'

const scope: Scope = {
  status: 'success',
  hashFiles: () => '',
  contexts: { inputs: { axes: '{"os": ["x", "y"]}' } },
}

const legs = (matrix: NodeMap | Expression): readonly Leg[] =>
  strategyOf({ strategy: { matrix } }, scope).legs

describe('a matrix', () => {
  it.each<[string, NodeMap | Expression, readonly Leg[]]>([
    [
      'crosses its lists in their order',
      { os: ['a', 'b'], node: [20.19, '22'] },
      [
        { os: 'a', node: 20.19 },
        { os: 'a', node: '22' },
        { os: 'b', node: 20.19 },
        { os: 'b', node: '22' },
      ],
    ],
    [
      'leaves out what agrees with an exclude',
      { os: ['a', 'b'], node: ['1', '2'], exclude: [{ os: 'a', node: '2' }, { os: 'b' }] },
      [{ os: 'a', node: '1' }],
    ],
    // The example of GitHub's documentation.
    [
      'is extended by includes',
      {
        fruit: ['apple', 'pear'],
        animal: ['cat', 'dog'],
        include: [
          { color: 'green' },
          { color: 'pink', animal: 'cat' },
          { fruit: 'apple', shape: 'circle' },
          { fruit: 'banana' },
          { fruit: 'banana', animal: 'cat' },
        ],
      },
      [
        { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
        { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
        { fruit: 'pear', animal: 'cat', color: 'pink' },
        { fruit: 'pear', animal: 'dog', color: 'green' },
        { fruit: 'banana' },
        { fruit: 'banana', animal: 'cat' },
      ],
    ],
    ['may have includes alone', { include: [{ os: 'a' }, { os: 'b' }] }, [{ os: 'a' }, { os: 'b' }]],
    ['may be an expression', new Expression('fromJSON(inputs.axes)'), [{ os: 'x' }, { os: 'y' }]],
  ])('%s', (_, matrix, expected) => {
    expect(legs(matrix)).toEqual(expected)
  })

  it('is one leg for a job that has none, and stops at a failure unless told otherwise', () => {
    expect(strategyOf({}, scope)).toEqual({ legs: [{}], failFast: true })
    expect(strategyOf({ strategy: { 'fail-fast': false } }, scope).failFast).toBe(false)
  })

  it.each<[NodeMap]>([[{ os: 'a' }], [{ include: ['a'] }], [{ a: Array.from({ length: 257 }, String) }]])(
    'is refused: %o',
    (matrix) => {
      expect(() => legs(matrix)).toThrow(/matrix/)
    },
  )
})

describe('a machine', () => {
  it.each([
    ['ubuntu-24.04', 'linux', undefined],
    ['macos-latest', 'linux', 'macos-latest is not this machine, which is linux'],
    ['windows-2025', 'win32', undefined],
  ])('%s on %s', (label, platform, elsewhere) => {
    expect(machineOf(label, platform).elsewhere).toBe(elsewhere)
  })

  it('of another kind is not known', () => {
    expect(() => machineOf('self-hosted')).toThrow(/not known/)
  })
})
