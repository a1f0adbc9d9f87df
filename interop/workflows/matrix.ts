import type { Scope, Value } from './expression.ts'
import { evaluate } from './expression.ts'
import type { NodeMap } from './workflow.ts'
import { mapOf } from './workflow.ts'

/** The values that one leg of a job runs with: `{ os: 'ubuntu-latest', node: '22' }`. */
export type Leg = Readonly<Record<string, Value>>

export interface Strategy {
  /** One without values for a job that has no matrix. */
  readonly legs: readonly Leg[]
  readonly failFast: boolean
}

/** As many as GitHub takes. */
const most = 256

/** What `strategy:` of a job says. Throws for what is known to GitHub and not here. */
export function strategyOf({ strategy }: NodeMap, scope: Scope): Strategy {
  const { matrix, 'fail-fast': failFast = true, 'max-parallel': _, ...others } = mapOf(strategy)
  const unknown = Object.keys(others)
  if (unknown.length > 0) throw new Error(`strategy: ${unknown.join(', ')} is not known here`)
  const legs = matrix === undefined ? [{}] : legsOf(recordOf(evaluate(matrix, scope)))
  if (legs.length > most) throw new Error(`a matrix of ${legs.length} legs: ${most} are the most`)
  return { legs, failFast: evaluate(failFast, scope) !== false }
}

/** Whether a job is one of several, which its name tells. */
export function hasMatrix({ strategy }: NodeMap): boolean {
  return mapOf(strategy)['matrix'] !== undefined
}

function legsOf({ include = [], exclude = [], ...axes }: Leg): Leg[] {
  let crossed: Leg[] = Object.keys(axes).length === 0 ? [] : [{}]
  for (const [name, values] of Object.entries(axes)) {
    crossed = crossed.flatMap((leg) => listOf(values).map((value) => ({ ...leg, [name]: value })))
  }
  const excluded = listOf(exclude).map(recordOf)
  const kept = crossed.filter((leg) => !excluded.some((one) => agrees(leg, one, Object.keys(one))))
  const legs = [...kept]
  const alone: Leg[] = []
  for (const one of listOf(include).map(recordOf)) {
    // It may say more of a leg, and change what another of its kind said; the values of the axes stay.
    const shared = Object.keys(one).filter((name) => Object.hasOwn(axes, name))
    const found = [...kept.keys()].filter((index) => agrees(kept[index] ?? {}, one, shared))
    for (const index of found) legs[index] = { ...legs[index], ...one }
    if (found.length === 0) alone.push(one)
  }
  return [...legs, ...alone]
}

function agrees(leg: Leg, other: Leg, names: readonly string[]): boolean {
  return names.every((name) => JSON.stringify(leg[name]) === JSON.stringify(other[name]))
}

function listOf(value: Value | undefined): readonly Value[] {
  if (Array.isArray(value)) return value as readonly Value[]
  throw new Error(`a matrix has ${JSON.stringify(value)} where a list is to be`)
}

function recordOf(value: Value): Leg {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Leg
  throw new Error(`a matrix has ${JSON.stringify(value)} where values by name are to be`)
}
