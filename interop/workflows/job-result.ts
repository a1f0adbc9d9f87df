import type { Status } from './expression.ts'
import type { Permissions } from './machine.ts'

export interface StepResult {
  readonly name: string
  /** Before and after `continue-on-error`. */
  readonly outcome: Status | 'skipped'
  readonly conclusion: Status | 'skipped'
  readonly outputs: Readonly<Record<string, string>>
}

export interface JobResult {
  readonly id: string
  /** How GitHub lists it: `test (ubuntu-latest, 22)` */
  readonly name: string
  readonly result: Status | 'skipped'
  /** Why it was not run here, although GitHub would: it is for another machine. */
  readonly elsewhere?: string
  readonly outputs: Readonly<Record<string, string>>
  readonly steps: readonly StepResult[]
  readonly log: string
  readonly annotations: readonly string[]
  readonly masks: readonly string[]
  readonly summary: string
  readonly token: string
  readonly permissions: Permissions
}

/** A job that did not run. */
export function idleJob(
  { id, name, token, permissions }: Pick<JobResult, 'id' | 'name' | 'token' | 'permissions'>,
  result: 'skipped' | 'cancelled',
): JobResult {
  return {
    ...{ id, name, result, token, permissions },
    ...{ outputs: {}, steps: [], log: '', annotations: [], masks: [], summary: '' },
  }
}

/** What the legs of a job come to. One that has no matrix is its only leg. */
export function joined(id: string, legs: readonly JobResult[]): JobResult {
  const [first] = legs
  if (first === undefined) throw new Error(`${id}: a matrix without legs`)
  if (legs.length === 1) return first
  const results = legs.filter(({ elsewhere }) => elsewhere === undefined).map(({ result }) => result)
  const worst = (['failure', 'cancelled', 'success'] as const).find((one) => results.includes(one))
  return {
    ...{ id, name: id, result: worst ?? 'skipped', token: first.token, permissions: first.permissions },
    outputs: Object.assign({}, ...legs.map(({ outputs }) => outputs)) as JobResult['outputs'],
    steps: legs.flatMap(({ steps }) => steps),
    log: legs.map(({ name, log }) => `== ${name}\n${log}`).join('\n'),
    annotations: legs.flatMap(({ annotations }) => annotations),
    masks: legs.flatMap(({ masks }) => masks),
    summary: legs.map(({ summary }) => summary).join(''),
  }
}
