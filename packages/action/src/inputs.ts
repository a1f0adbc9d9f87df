import { ChartroomError, Secret } from '@chartroom/errors'
import { limits } from './limits.ts'

export type CommandName = 'check' | 'publish' | 'verify'

type Env = Readonly<Record<string, string | undefined>>

/** The inputs of action.yml. */
export interface Inputs {
  readonly command: CommandName
  readonly charts: readonly string[]
  readonly destinations: readonly string[]
  readonly tags: readonly string[]
  readonly repoUrl: string | undefined
  /** The tag's name, without `refs/tags/`. */
  readonly versionTag: string | undefined
  readonly githubRelease: boolean
  readonly base: string | undefined
  readonly reference: string | undefined
  readonly digest: string | undefined
  readonly token: Secret | undefined
  readonly plan: boolean
}

/** Reads them as the runner gives them: `INPUT_` and the name in upper case. Throws `USAGE`. */
export function readInputs(env: Env): Inputs {
  const token = textOf(env, 'token')
  return {
    command: commandOf(textOf(env, 'command')),
    charts: linesOf(env, 'charts'),
    destinations: linesOf(env, 'destinations'),
    tags: linesOf(env, 'tags'),
    repoUrl: textOf(env, 'repo-url'),
    versionTag: versionTagOf(env),
    githubRelease: booleanOf(env, 'github-release'),
    base: textOf(env, 'base'),
    reference: textOf(env, 'reference'),
    digest: textOf(env, 'digest'),
    token: token === undefined ? undefined : new Secret(token),
    plan: booleanOf(env, 'plan'),
  }
}

/** The variable that the runner passes an input by. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`
}

/** Undefined where it is absent or blank. */
function textOf(env: Env, name: string): string | undefined {
  return env[inputVariable(name)]?.trim() || undefined
}

function linesOf(env: Env, name: string): string[] {
  const lines = (textOf(env, name) ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length <= limits.inputLines) return lines
  throw new ChartroomError('LIMIT_EXCEEDED', `the input ${name} has ${lines.length} lines`, {
    hint: `It may have ${limits.inputLines}: use several steps.`,
  })
}

/** What YAML 1.2's core schema takes for a boolean; false where it is absent. */
function booleanOf(env: Env, name: string): boolean {
  const text = textOf(env, name)
  if (text === undefined || /^(false|False|FALSE)$/.test(text)) return false
  if (/^(true|True|TRUE)$/.test(text)) return true
  throw new ChartroomError('USAGE', `the input ${name} is true or false, not ${text}`, {
    hint: `Write ${name}: true.`,
  })
}

function commandOf(text: string | undefined): CommandName {
  if (text === undefined || text === 'publish') return 'publish'
  if (text === 'check' || text === 'verify') return text
  throw new ChartroomError('USAGE', `there is no command ${text}`, {
    hint: 'The input command is publish, check or verify.',
  })
}

/** Empty means none; only where the input is not passed at all does the tag of the event stand for it. */
function versionTagOf(env: Env): string | undefined {
  const given = env[inputVariable('version-tag')]
  const ofEvent = env.GITHUB_REF_TYPE === 'tag' ? env.GITHUB_REF_NAME : undefined
  const text = (given ?? ofEvent ?? '').trim().replace(/^refs\/tags\//, '')
  return text === '' ? undefined : text
}
