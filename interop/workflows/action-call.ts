import type { Scope } from './expression.ts'
import type { Machine, Ran, Trigger } from './machine.ts'

/** What an action sees of the job that it runs in. */
export interface ActionJob {
  readonly options: { readonly machine: Machine; readonly trigger: Trigger }
  readonly token: string
  readonly home: string
  readonly workspace: string
  scope(): Scope
  process(file: string, args: readonly string[], step: ProcessOfStep): Promise<Ran>
}

export interface ProcessOfStep {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** In milliseconds. */
  readonly limit: number
}

export interface ActionCall {
  readonly run: ActionJob
  /** `actions/checkout@SHA`, `./` */
  readonly uses: string
  readonly inputs: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  readonly limit: number
}

export function refuseOthers(action: string, others: Readonly<Record<string, string>>): void {
  const names = Object.keys(others)
  if (names.length > 0) throw new Error(`${action}: the input ${names.join(', ')} is not known here`)
}
