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
  readonly result: Status | 'skipped'
  readonly outputs: Readonly<Record<string, string>>
  readonly steps: readonly StepResult[]
  readonly log: string
  readonly annotations: readonly string[]
  readonly masks: readonly string[]
  readonly summary: string
  readonly token: string
  readonly permissions: Permissions
}
