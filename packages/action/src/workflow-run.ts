import { ChartroomError } from '@chartroom/errors'

type Env = Readonly<Record<string, string | undefined>>

/** Where and for what a step runs, as the runner's variables say. */
export interface WorkflowRun {
  readonly serverUrl: URL
  readonly apiUrl: URL
  /** `OWNER/NAME`; undefined outside GitHub. */
  readonly repository: string | undefined
  readonly actor: string | undefined
  /** The tag whose push started the run. */
  readonly eventTag: string | undefined
  /** The branch that a pull request is to be merged into. */
  readonly baseRef: string | undefined
  readonly outputFile: string | undefined
  readonly summaryFile: string | undefined
}

/** Throws `USAGE` for addresses and names that are none. */
export function readWorkflowRun(env: Env): WorkflowRun {
  const repository = env.GITHUB_REPOSITORY || undefined
  if (repository !== undefined && !/^(?!\.+\/)[\w.-]+\/(?!\.+$)[\w.-]+$/.test(repository))
    throw wrong('GITHUB_REPOSITORY', repository, 'OWNER/NAME')
  return {
    serverUrl: urlOf(env, 'GITHUB_SERVER_URL', 'https://github.com'),
    apiUrl: urlOf(env, 'GITHUB_API_URL', 'https://api.github.com'),
    repository,
    actor: env.GITHUB_ACTOR || undefined,
    eventTag: env.GITHUB_REF_TYPE === 'tag' ? env.GITHUB_REF_NAME || undefined : undefined,
    baseRef: env.GITHUB_BASE_REF || undefined,
    outputFile: env.GITHUB_OUTPUT || undefined,
    summaryFile: env.GITHUB_STEP_SUMMARY || undefined,
  }
}

function urlOf(env: Env, name: string, fallback: string): URL {
  const text = env[name] || fallback
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text)
  throw wrong(name, text, 'an address that begins with https://')
}

function wrong(name: string, value: string, wanted: string): ChartroomError {
  return new ChartroomError('USAGE', `${name} is not ${wanted}: ${value}`, {
    hint: 'The runner sets it: do not change it in the workflow.',
  })
}
