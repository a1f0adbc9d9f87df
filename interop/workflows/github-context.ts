import { join } from 'node:path'
import type { Value } from './expression.ts'
import { asText } from './expression.ts'
import type { Machine, Trigger } from './machine.ts'
import type { Job, Workflow } from './workflow.ts'

/** What of a running job its `github` context and variables tell. */
export interface ToldJob {
  readonly options: {
    readonly machine: Machine
    readonly trigger: Trigger
    readonly workflow: Workflow
    readonly job: Job
  }
  readonly token: string
  readonly workspace: string
  readonly temp: string
  /** `Linux` */
  readonly os: string
}

export function githubContext({ options, token, workspace }: ToldJob): Record<string, Value> {
  const { machine, trigger, workflow, job } = options
  return {
    event: eventOf(trigger, machine),
    event_name: trigger.name,
    ref: trigger.ref,
    ref_name: trigger.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_type: trigger.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    sha: trigger.sha,
    head_ref: trigger.headRef ?? '',
    base_ref: trigger.baseRef ?? '',
    repository: machine.repository,
    repository_owner: ownerOf(machine),
    server_url: machine.serverUrl,
    api_url: machine.apiUrl,
    actor: 'octocat',
    token,
    run_id: '1',
    run_attempt: '1',
    workflow: String(workflow.fields['name'] ?? workflow.file),
    job: job.id,
    workspace,
  }
}

/** The variables that every step has; the token is none of them. */
export function githubVariables(job: ToldJob): Record<string, string> {
  const named = Object.entries(githubContext(job)).filter(([name]) => !['event', 'token'].includes(name))
  return {
    ...Object.fromEntries(named.map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, asText(value)])),
    GITHUB_EVENT_PATH: join(job.temp, 'event.json'),
    GITHUB_ACTIONS: 'true',
    CI: 'true',
    RUNNER_OS: job.os,
    RUNNER_ARCH: 'X64',
    RUNNER_TEMP: job.temp,
  }
}

/** The event as GitHub writes it to GITHUB_EVENT_PATH, as far as anybody here reads it. */
export function eventOf({ ref, inputs, payload }: Trigger, machine: Machine): Record<string, Value> {
  return {
    ref,
    repository: { full_name: machine.repository, owner: { login: ownerOf(machine) } },
    ...(inputs && { inputs }),
    ...payload,
  }
}

function ownerOf({ repository }: Machine): string {
  return repository.split('/', 1)[0] ?? ''
}
