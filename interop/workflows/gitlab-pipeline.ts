import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseYaml } from '@chartroom/go'
import { runProcess } from './machine.ts'

/** Predefined variables of a pipeline, as GitLab documents them. */
export type Variables = Readonly<Record<string, string>>

export interface GitLabJobResult {
  readonly name: string
  readonly code: number
  readonly log: string
  /** What the job would release, with its variables in place. */
  readonly release: Readonly<Record<string, string>> | undefined
}

export interface GitLabMachine {
  /** Where `.gitlab-ci.yml` and the repository come from. */
  readonly remote: string
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
}

interface JobFile {
  readonly stage: string
  readonly rules: readonly { readonly if: string }[]
  readonly script: readonly string[]
  readonly release?: Readonly<Record<string, string>>
}

/** Runs the jobs of a pipeline whose rules hold, in the order of the stages, until one fails. */
export async function runPipeline(
  machine: GitLabMachine,
  { text, sha, variables }: { readonly text: string; readonly sha: string; readonly variables: Variables },
): Promise<GitLabJobResult[]> {
  const file = plain(parseYaml(text, { strict: true })) as Readonly<Record<string, unknown>>
  const {
    stages,
    default: _,
    variables: own,
    ...jobs
  } = file as {
    readonly stages: readonly string[]
    readonly variables: Variables
    readonly [name: string]: unknown
  }
  const all = { ...own, ...variables }
  const results: GitLabJobResult[] = []
  for (const stage of stages) {
    for (const [name, job] of Object.entries(jobs) as [string, JobFile][]) {
      const runs = job.stage === stage && job.rules.some((rule) => ruleHolds(rule.if, all))
      if (!runs || results.some(({ code }) => code !== 0)) continue
      results.push(await runJob(machine, { name, job, sha, variables: all }))
    }
  }
  return results
}

interface RunningJob {
  readonly name: string
  readonly job: JobFile
  readonly sha: string
  readonly variables: Variables
}

async function runJob(
  machine: GitLabMachine,
  { name, job, sha, variables }: RunningJob,
): Promise<GitLabJobResult> {
  const home = join(machine.folder, `${name}-${process.hrtime.bigint()}`)
  const cwd = join(home, 'builds', 'work')
  await mkdir(cwd, { recursive: true })
  const env = { ...machine.env, HOME: home, CI: 'true', GITLAB_CI: 'true', ...variables }
  const clone = `git clone -q --no-checkout '${machine.remote}' . && git fetch -q origin '+refs/*:refs/remotes/all/*' && git checkout -q --detach ${sha}`
  const script = ['set -eo pipefail', clone, ...job.script].join('\n')
  const { code, printed } = await runProcess('bash', ['-c', script], { cwd, env, limit: 300_000 })
  const release =
    job.release &&
    Object.fromEntries(Object.entries(job.release).map(([key, value]) => [key, expanded(value, variables)]))
  return { name, code, log: printed, release }
}

/** `$NAME == "text"` and `$NAME =~ /pattern/`. */
export function ruleHolds(rule: string, variables: Variables): boolean {
  const [, name = '', operator, operand = ''] = /^\$(\w+) (==|=~) (.+)$/.exec(rule) ?? []
  const value = variables[name]
  if (operator === '==') return value !== undefined && JSON.stringify(value) === operand
  if (operator === '=~') return value !== undefined && new RegExp(operand.replace(/^\/|\/$/g, '')).test(value)
  throw new Error(`the rule ${rule} is not known here`)
}

function expanded(text: string, variables: Variables): string {
  return text.replace(/\$(\w+)/g, (_, name: string) => variables[name] ?? '')
}

function plain(value: unknown): unknown {
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, one]) => [String(key), plain(one)]))
  return Array.isArray(value) ? value.map(plain) : value
}
