import { setMaxListeners } from 'node:events'
import { asChartroomError, ChartroomError, exitCodeOf } from '@chartroom/errors'
import type { Environment } from '@chartroom/verbs'
import { Hidden } from './hidden.ts'
import type { CommandName, Inputs } from './inputs.ts'
import { inputVariable, readInputs } from './inputs.ts'
import { Journal } from './journal.ts'
import { escaped } from './markdown.ts'
import { Outputs } from './outputs.ts'
import { Summary } from './summary.ts'
import type { WorkflowRun } from './workflow-run.ts'
import { readWorkflowRun } from './workflow-run.ts'

/** One run of the action, as its commands see it. */
export interface Action {
  readonly inputs: Inputs
  readonly run: WorkflowRun
  /** What verbs run in: the token is in it, as `GITHUB_TOKEN`, and no input. */
  readonly environment: Environment
  readonly journal: Journal
  readonly outputs: Outputs
  readonly summary: Summary
  /** Milliseconds pass; by default they do. */
  readonly wait?: ((milliseconds: number) => Promise<void>) | undefined
}

export interface ActionOptions {
  /** Takes what the log gets. */
  readonly write: (text: string) => void
  readonly wait?: ((milliseconds: number) => Promise<void>) | undefined
}

/** Runs the command of the inputs and gives the exit code, which is the one that `chartroom` would end with. */
export async function runAction(given: Environment, options: ActionOptions): Promise<number> {
  const hidden = new Hidden()
  const journal = new Journal(hidden, options.write)
  const summary = new Summary()
  let run: WorkflowRun | undefined
  try {
    hideLogins(hidden, given)
    journal.maskAll()
    run = readWorkflowRun(given.env)
    const inputs = readInputs(given.env)
    const outputs = new Outputs(run.outputFile, hidden, journal)
    await outputs.ready()
    const environment = { ...given, env: verbEnv(given.env, inputs) }
    const work = await load(inputs.command)
    await work({ inputs, run, environment, journal, outputs, summary, wait: options.wait })
    return await writeSummary(0)
  } catch (error) {
    return writeSummary(report(error))
  }

  function report(thrown: unknown): number {
    const error = asChartroomError(thrown)
    const message = `${error.op === undefined ? '' : `${error.op}: `}${error.message} (${error.code})`
    const hint = error.hint === undefined ? '' : `\nHint: ${error.hint}`
    journal.annotate('error', `${message}${hint}`, { title: 'Chartroom' })
    if (given.env.RUNNER_DEBUG === '1' && error.stack !== undefined) journal.text(error.stack)
    const more = error.hint === undefined ? '' : `<br>${escaped(error.hint)}`
    summary.add(`> [!CAUTION]\n> ${escaped(message)}${more}`)
    return exitCodeOf(error)
  }

  async function writeSummary(code: number): Promise<number> {
    try {
      await summary.write(run?.summaryFile, hidden)
      return code
    } catch (error) {
      // What was done is done: a summary that cannot be written must not hide it.
      journal.annotate('warning', `the summary cannot be written: ${asChartroomError(error).message}`)
      return code
    }
  }
}

type Command = (action: Action) => Promise<void>

/** Each loads alone: a step has one command. */
async function load(command: CommandName): Promise<Command> {
  if (command === 'check') return (await import('./command/check.ts')).check
  if (command === 'verify') return (await import('./command/verify.ts')).verify
  return (await import('./command/publish.ts')).publishCharts
}

function hideLogins(hidden: Hidden, { env }: Environment): void {
  const users = ['x-access-token', ...(env.GITHUB_ACTOR ? [env.GITHUB_ACTOR] : [])]
  for (const name of [inputVariable('token'), 'GITHUB_TOKEN']) {
    const secret = env[name]?.trim()
    if (secret) hidden.add(secret, users)
  }
}

/** No input goes to the programs that verbs start; the token goes by the name that verbs look for. */
function verbEnv(env: Environment['env'], { token }: Inputs): Environment['env'] {
  const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('INPUT_')))
  if (token === undefined) return rest
  // The registry takes any name beside a token.
  return { ...rest, GITHUB_TOKEN: token.reveal(), GITHUB_ACTOR: env.GITHUB_ACTOR || 'x-access-token' }
}

/** An abort signal for a process that is to stop: GitHub sends SIGINT, and later SIGTERM, to a cancelled job. */
export function stopSignal(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController()
  // Every request of a run listens to it.
  setMaxListeners(0, controller.signal)
  const stop = (): void => controller.abort(new ChartroomError('ABORTED', 'the job was cancelled'))
  process.once('SIGINT', stop).once('SIGTERM', stop)
  return controller.signal
}
