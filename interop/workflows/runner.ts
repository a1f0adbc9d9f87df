import type { JobResult } from './job-result.ts'
import { JobRun } from './job-run.ts'
import type { Scope } from './expression.ts'
import { holds } from './expression.ts'
import type { Machine, Trigger } from './machine.ts'
import { isTriggeredBy } from './trigger.ts'
import type { Job, Workflow } from './workflow.ts'

export interface WorkflowResult {
  readonly conclusion: 'success' | 'failure'
  readonly jobs: Readonly<Record<string, JobResult>>
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
  for (const job of workflow.jobs) {
    await machine.beforeJob?.(job.id)
    const needs = Object.fromEntries(job.needs.flatMap((id) => (jobs[id] ? [[id, jobs[id]]] : [])))
    const run = new JobRun({ machine, workflow, trigger, job, needs })
    const scope = { ...run.scope(), status: statusOf(Object.values(needs)) }
    jobs[job.id] = holds(job.fields['if'], scope) ? await run.run() : skipped(job, run)
  }
  const results = Object.values(jobs)
  return {
    conclusion: results.some(({ result }) => result === 'failure') ? 'failure' : 'success',
    jobs,
    log: results.map(({ id, log }) => `== ${id}\n${log}`).join('\n'),
    summary: results.map(({ summary }) => summary).join(''),
  }
}

/** Texts that must not be in what a run shows: the tokens of its jobs, in the forms they travel in. */
export function secretsShown({ jobs, log, summary }: WorkflowResult): string[] {
  const shown = [
    log,
    summary,
    ...Object.values(jobs).map(({ outputs, steps, annotations }) =>
      JSON.stringify([outputs, steps, annotations]),
    ),
  ].join('\n')
  const secrets = Object.values(jobs).flatMap(({ token, masks }) => [...masks, ...formsOf(token)])
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

function skipped({ id }: Job, { token, permissions }: JobRun): JobResult {
  return {
    id,
    result: 'skipped',
    outputs: {},
    steps: [],
    log: '',
    annotations: [],
    masks: [],
    summary: '',
    token,
    permissions,
  }
}
