// The questions that main.go answers: written by hand where a rule is known, by a seeded generator elsewhere.
import { constraints, versions } from './version-cases.mjs'
import { documents, errors, keys, numbers, scalars, texts } from './yaml-cases.mjs'

/** mulberry32: the same cases on every machine. */
function random(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function randomValue(next, depth) {
  const pick = (list) => list[Math.floor(next() * list.length)]
  const kind = next()
  if (depth > 0 && kind < 0.3)
    return Array.from({ length: Math.floor(next() * 4) }, () => randomValue(next, depth - 1))
  if (depth > 0 && kind < 0.6) {
    return Object.fromEntries(
      Array.from({ length: Math.floor(next() * 5) }, () => [pick(keys), randomValue(next, depth - 1)]),
    )
  }
  if (kind < 0.8) return pick(texts)
  return kind < 0.95 ? pick(numbers) : pick([null, true, false])
}

const next = random(20261124)

export const cases = {
  read: [
    ...scalars.map((text) => `k: ${text}\n`),
    ...scalars.map((text) => `${text}: v\n`),
    ...documents,
    ...errors,
  ],
  write: [
    ...texts,
    ...texts.map((text) => ({ k: text })),
    ...texts.map((text) => [[text]]),
    ...texts.map((text) => ({ [text]: 1 })),
    ...numbers,
    [],
    {},
    { a: [] },
    { a: {} },
    [[]],
    [{}],
    [[1, [2, [3]]]],
    { a: [{ b: [{ c: 1, d: 2 }] }] },
    Object.fromEntries(keys.map((key) => [key, 1])),
    ...Array.from({ length: 300 }, () => randomValue(next, 4)),
  ],
  versions,
  constraints,
}
