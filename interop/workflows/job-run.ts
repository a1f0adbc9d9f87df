import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { ActionJob, ProcessOfStep } from './action-call.ts'
import { runAction } from './actions.ts'
import { readCommandFile } from './command-file.ts'
import type { Scope, Status, Value } from './expression.ts'
import { asText, evaluate, holds, text } from './expression.ts'
import { eventOf, githubContext, githubVariables } from './github-context.ts'
import { hashFiles } from './hash-files.ts'
import type { JobResult, StepResult } from './job-result.ts'
import { idleJob } from './job-result.ts'
import { Log } from './log.ts'
import type { Machine, Permissions, Ran, Trigger } from './machine.ts'
import { runProcess } from './machine.ts'
import type { Leg } from './matrix.ts'
import { hasMatrix } from './matrix.ts'
import type { RunnerMachine } from './runner-labels.ts'
import { machineOf } from './runner-labels.ts'
import type { Job, NodeMap, Step, Workflow } from './workflow.ts'
import { isMap, mapOf } from './workflow.ts'

export interface JobOptions {
  readonly machine: Machine
  readonly workflow: Workflow
  readonly trigger: Trigger
  readonly job: Job
  readonly needs: Readonly<Record<string, JobResult>>
  /** Of the job's matrix; none where it has no such. */
  readonly leg?: Leg
}

/** A running job: its folders, its environment, and what its steps have said so far. */
export class JobRun implements ActionJob {
  readonly options: JobOptions
  readonly log = new Log()
  readonly token: string
  readonly permissions: Permissions
  readonly home: string
  readonly workspace: string
  readonly temp: string
  readonly #results: StepResult[] = []
  readonly #outputs: Record<string, Value> = {}
  #env: Record<string, string> = {}
  #path: string[] = []
  #summary = ''
  #status: Status = 'success'
  #ends = 0
  #os = 'Linux'

  constructor(options: JobOptions) {
    const { machine, workflow, job } = options
    this.options = options
    this.permissions = permissionsOf(job.fields['permissions'] ?? workflow.fields['permissions'])
    this.token = machine.tokenFor(this.permissions)
    this.home = join(machine.folder, `${job.id}-${process.hrtime.bigint()}`)
    this.workspace = join(this.home, 'work')
    this.temp = join(this.home, 'temp')
  }

  async run(): Promise<JobResult> {
    const { job, workflow, trigger } = this.options
    const { elsewhere } = this.#machine()
    if (elsewhere !== undefined) {
      return { ...this.idle('skipped'), elsewhere, log: `##[not run here] ${elsewhere}\n` }
    }
    await mkdir(this.workspace, { recursive: true })
    await mkdir(this.temp)
    await writeFile(join(this.temp, 'event.json'), JSON.stringify(eventOf(trigger, this.options.machine)))
    this.#env = { ...this.#texts(workflow.fields['env']), ...this.#texts(job.fields['env']) }
    this.#ends = Date.now() + minutes(job.fields['timeout-minutes'], 360)
    for (const step of job.steps) await this.#step(step)
    return {
      ...this.#head(),
      id: job.id,
      result: this.#status,
      outputs: this.#texts(job.fields['outputs']),
      steps: this.#results,
      log: this.log.text,
      annotations: this.log.annotations,
      masks: [...this.log.masks],
      summary: this.#summary,
    }
  }

  /** A job of which nothing is run. */
  idle(result: 'skipped' | 'cancelled'): JobResult {
    return idleJob({ ...this.#head(), id: this.options.job.id }, result)
  }

  get os(): string {
    return this.#os
  }

  scope(env: Readonly<Record<string, string>> = this.#env): Scope {
    const { needs, trigger } = this.options
    return {
      status: this.#status,
      hashFiles: (patterns) => hashFiles(this.workspace, patterns),
      contexts: {
        github: githubContext(this),
        env,
        steps: this.#outputs,
        needs: needsContext(needs),
        inputs: trigger.inputs ?? {},
        secrets: { GITHUB_TOKEN: this.token },
        matrix: this.options.leg ?? {},
        runner: { os: this.#os, arch: 'X64', temp: this.temp },
        job: { status: this.#status },
        vars: {},
      },
    }
  }

  /** A process of a step, with the environment that the step asks for. */
  async process(file: string, args: readonly string[], step: ProcessOfStep): Promise<Ran> {
    const { machine } = this.options
    const path = [...this.#path, machine.env['PATH']].join(delimiter)
    const env = {
      ...machine.env,
      HOME: this.home,
      ...githubVariables(this),
      ...this.#env,
      ...step.env,
      PATH: path,
    }
    const limit = Math.min(this.#ends - Date.now(), step.limit)
    return runProcess(file, args, { cwd: step.cwd, env, limit })
  }

  async #step(step: Step): Promise<void> {
    const env = { ...this.#env, ...this.#texts(step.fields['env']) }
    const scope = this.scope(env)
    if (!holds(step.fields['if'], scope)) {
      this.#note(step, { outcome: 'skipped', conclusion: 'skipped', outputs: {} })
      return
    }
    const files = await this.#commandFiles()
    const { code, printed } = await this.#act(step, scope, { ...env, ...files })
    const old = this.log.take(step.name, printed)
    const outputs = { ...old, ...(await this.#read(files)) }
    const outcome = code === 0 ? 'success' : 'failure'
    const forgiven = evaluate(step.fields['continue-on-error'], scope) === true
    const conclusion = forgiven ? 'success' : outcome
    if (conclusion === 'failure') this.#status = 'failure'
    this.#note(step, { outcome, conclusion, outputs })
  }

  async #act(step: Step, scope: Scope, env: Readonly<Record<string, string>>): Promise<Ran> {
    const { uses, run, shell } = step.fields
    const limit = minutes(step.fields['timeout-minutes'], 360)
    if (uses !== undefined) {
      const inputs = texts(step.fields['with'], scope)
      return runAction({ run: this, uses: text(uses, scope), inputs, env, limit })
    }
    const script = join(this.temp, `${this.#results.length}.sh`)
    await writeFile(script, text(run, scope))
    const cwd = join(this.workspace, text(step.fields['working-directory'] ?? '.', scope))
    const [program = '', ...args] = shellLine(shell)
    return this.process(program, [...args, script], { cwd, env, limit })
  }

  #note(step: Step, result: Omit<StepResult, 'name'>): void {
    this.#results.push({ name: step.name, ...result })
    const { outcome, conclusion, outputs } = result
    if (step.id !== undefined) this.#outputs[step.id] = { outcome, conclusion, outputs }
  }

  async #commandFiles(): Promise<Record<string, string>> {
    const files: Record<string, string> = {}
    for (const name of [
      'GITHUB_ENV',
      'GITHUB_OUTPUT',
      'GITHUB_PATH',
      'GITHUB_STEP_SUMMARY',
      'GITHUB_STATE',
    ]) {
      files[name] = join(this.temp, `${name}-${this.#results.length}`)
      await appendFile(files[name], '')
    }
    return files
  }

  async #read(files: Readonly<Record<string, string>>): Promise<Record<string, string>> {
    const said = async (name: string): Promise<string> => readFile(files[name] ?? '', 'utf8')
    Object.assign(this.#env, readCommandFile(await said('GITHUB_ENV')))
    this.#path.unshift(...(await said('GITHUB_PATH')).split('\n').filter(Boolean).reverse())
    this.#summary += await said('GITHUB_STEP_SUMMARY')
    return readCommandFile(await said('GITHUB_OUTPUT'))
  }

  #machine(): RunnerMachine {
    const machine = machineOf(text(this.options.job.fields['runs-on'], this.scope()))
    this.#os = machine.os
    return machine
  }

  #head(): Pick<JobResult, 'name' | 'token' | 'permissions'> {
    const { job, leg = {} } = this.options
    const { name } = job.fields
    const values = hasMatrix(job.fields) ? ` (${Object.values(leg).map(asText).join(', ')})` : ''
    return {
      name: name === undefined ? `${job.id}${values}` : text(name, this.scope()),
      token: this.token,
      permissions: this.permissions,
    }
  }

  #texts(node: Parameters<typeof mapOf>[0]): Record<string, string> {
    return texts(node, this.scope())
  }
}

function texts(node: Parameters<typeof mapOf>[0], scope: Scope): Record<string, string> {
  return Object.fromEntries(Object.entries(mapOf(node)).map(([name, value]) => [name, text(value, scope)]))
}

function shellLine(shell: NodeMap[string] | undefined): string[] {
  if (shell === undefined) return ['bash', '-e']
  if (shell === 'bash') return ['bash', '--noprofile', '--norc', '-eo', 'pipefail']
  if (shell === 'sh') return ['sh', '-e']
  throw new Error(`the shell ${JSON.stringify(shell)} is not run here`)
}

function minutes(node: NodeMap[string] | undefined, otherwise: number): number {
  return (typeof node === 'number' ? node : otherwise) * 60_000
}

function permissionsOf(node: NodeMap[string] | undefined): Permissions {
  if (!isMap(node)) throw new Error('a job without permissions of its own or of the workflow')
  return Object.fromEntries(Object.entries(node).map(([name, right]) => [name, String(right)]))
}

function needsContext(needs: Readonly<Record<string, JobResult>>): Value {
  return Object.fromEntries(
    Object.values(needs).map(({ id, result, outputs }) => [id, { result, outputs: { ...outputs } }]),
  )
}
