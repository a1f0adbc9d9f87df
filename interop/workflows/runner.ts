import type { JobResult } from './job-result.ts'
import { joined } from './job-result.ts'
import type { JobOptions } from './job-run.ts'
import { JobRun } from './job-run.ts'
import type { Scope } from './expression.ts'
import { holds } from './expression.ts'
import type { Machine, Trigger } from './machine.ts'
import { strategyOf } from './matrix.ts'
import { isTriggeredBy } from './trigger.ts'
import type { Workflow } from './workflow.ts'

export interface WorkflowResult {
  readonly conclusion: 'success' | 'failure'
  /** By their id; of one with a matrix, what its legs come to. */
  readonly jobs: Readonly<Record<string, JobResult>>
  /** All that GitHub lists: the legs of a matrix one by one, those that were not run here too. */
  readonly listed: readonly JobResult[]
  /** All jobs' logs. */
  readonly log: string
  readonly summary: string
}

/** Runs a workflow as an event starts it, jobs in the order of their needs. */
export async function runWorkflow(
  machine: Machine,
  workflow: Workflow,
  trigger: Trigger,
): Promise<WorkflowResult> {
  if (!isTriggeredBy(workflow, trigger)) throw new Error(`${workflow.file} does not start on ${trigger.ref}`)
  const jobs: Record<string, JobResult> = {}
  const listed: JobResult[] = []
  for (const job of workflow.jobs) {
    await machine.beforeJob?.(job.id)
    const needs = Object.fromEntries(job.needs.flatMap((id) => (jobs[id] ? [[id, jobs[id]]] : [])))
    const legs = await runJob({ machine, workflow, trigger, job, needs })
    listed.push(...legs)
    jobs[job.id] = joined(job.id, legs)
  }
  return {
    conclusion: listed.some(({ result }) => result === 'failure') ? 'failure' : 'success',
    jobs,
    listed,
    log: listed.map(({ name, log }) => `== ${name}\n${log}`).join('\n'),
    summary: listed.map(({ summary }) => summary).join(''),
  }
}

/** All legs of a job, one after the other. */
async function runJob(options: JobOptions): Promise<JobResult[]> {
  const { job, needs } = options
  const before = new JobRun(options)
  const scope = { ...before.scope(), status: statusOf(Object.values(needs)) }
  if (!holds(job.fields['if'], scope)) return [before.idle('skipped')]
  const { legs, failFast } = strategyOf(job.fields, scope)
  const results: JobResult[] = []
  for (const leg of legs) {
    const run = new JobRun({ ...options, leg })
    const isOver = failFast && results.some(({ result }) => result === 'failure')
    results.push(isOver ? run.idle('cancelled') : await run.run())
  }
  return results
}

/** Texts that must not be in what a run shows: the tokens of its jobs, in the forms they travel in. */
export function secretsShown({ listed, log, summary }: WorkflowResult): string[] {
  const shown = [
    log,
    summary,
    ...listed.map(({ outputs, steps, annotations }) => JSON.stringify([outputs, steps, annotations])),
  ].join('\n')
  const secrets = listed.flatMap(({ token, masks }) => [...masks, ...formsOf(token)])
  return [...new Set(secrets)].filter((secret) => secret !== '' && shown.includes(secret))
}

function formsOf(token: string): string[] {
  const basic = (name: string): string => Buffer.from(`${name}:${token}`).toString('base64')
  return [
    token,
    encodeURIComponent(token),
    Buffer.from(token).toString('base64'),
    basic('x-access-token'),
    basic('octocat'),
  ]
}

// A needed job that was skipped is no success: what needs it is skipped too, unless its condition says otherwise.
function statusOf(needs: readonly JobResult[]): Scope['status'] {
  if (needs.some(({ result }) => result === 'failure')) return 'failure'
  return needs.some(({ result }) => result !== 'success') ? 'skipped' : 'success'
}
