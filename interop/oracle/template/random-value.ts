import type { GoldenValue } from '../../../packages/template/test/typed-value.ts'
import type { Random } from './random.ts'

export const keys = ['a', 'b', 'c', 'd'] as const
export const texts = [
  '',
  'x',
  'Hello World',
  '12',
  '1.5',
  'true',
  'a\nb',
  'é日',
  '  pad ',
  'a,b,c',
  '{"a": 1}',
  'k: v',
  '<&>',
  'v1.2.3',
  '%d',
  'aaa',
  'x-y_z',
  '/p/q.txt',
]

/** A map of all keys, whose values are of every kind; maps and lists nest. */
export function randomDot(random: Random, options: { readonly isPlain: boolean }): GoldenValue {
  return Object.fromEntries(
    keys
      .filter(() => random.chance(0.9))
      .map((key) => [key, randomValue(random, 3, options.isPlain ? 0 : 1)]),
  )
}

/** @param typed 0 for what JSON alone can say */
function randomValue(random: Random, depth: number, typed: 0 | 1): GoldenValue {
  const below = () => randomValue(random, depth - 1, typed)
  const nested = depth > 0 ? 1 : 0
  return random.weighted<GoldenValue>([
    [4, () => random.pick(texts)],
    [3, () => random.pick([0, 1, 2, 3, -1, 1.5, 80, 1000000, 0.1, 1e21])],
    [2 * typed, () => ({ $int: String(random.between(-3, 9)) })],
    [1 * typed, () => ({ $int64: String(random.between(-3, 9)) })],
    [0.3 * typed, () => ({ $uint8: String(random.between(0, 9)) })],
    [2, () => random.chance(0.5)],
    [1, () => null],
    [0.5 * typed, () => ({ $strings: random.list(random.between(0, 3), () => random.pick(texts)) })],
    [0.3 * typed, () => ({ $ints: random.list(random.between(0, 3), () => String(random.between(0, 9))) })],
    [0.3 * typed, () => ({ $bytes: 'aGk=' })],
    [0.3 * typed, () => ({ $mapStr: { a: random.pick(texts), b: random.pick(texts) } })],
    [3 * nested, () => random.list(random.between(0, 4), below)],
    [
      4 * nested,
      () => Object.fromEntries(keys.filter(() => random.chance(0.5)).map((key) => [key, below()])),
    ],
  ])
}
