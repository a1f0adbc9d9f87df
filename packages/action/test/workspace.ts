import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { StartedGitHub } from '@chartroom/testkit/github'
import { temporaryFolder } from '@chartroom/testkit'
import { runAction } from '../src/action.ts'
import { inputVariable } from '../src/inputs.ts'

/** What a step left behind. */
export interface Ended {
  readonly code: number
  readonly log: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** Milliseconds that were asked to pass; none did. */
  readonly waits: readonly number[]
}

type Names = Readonly<Record<string, string>>

/** A checked-out repository, and steps of our action in it. */
export class Workspace {
  readonly folder = temporaryFolder()
  /** Of the runner, for all steps. */
  readonly env: Record<string, string> = {
    HOME: temporaryFolder(),
    PATH: process.env['PATH'] ?? '',
    GITHUB_ACTOR: 'octocat',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true })
    writeFileSync(join(this.folder, path), text)
  }

  /** A small chart in the folder of its name. */
  chart(
    name: string,
    version: string,
    { description = 'A chart for tests', template = configMap } = {},
  ): string {
    const head = `apiVersion: v2\nname: ${name}\nversion: ${version}\ndescription: ${JSON.stringify(description)}\n`
    this.write(`${name}/Chart.yaml`, head)
    this.write(`${name}/values.yaml`, 'colour: red\n')
    this.write(`${name}/templates/config.yaml`, template)
    return name
  }

  git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main']
    return execFileSync('git', [...identity, ...args], {
      cwd: this.folder,
      env: this.env,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim()
  }

  /** The variables of a run for a repository of this GitHub. */
  at(github: StartedGitHub): void {
    this.env['GITHUB_SERVER_URL'] = github.url
    this.env['GITHUB_API_URL'] = github.apiUrl
    this.env['GITHUB_REPOSITORY'] = github.repository
  }

  /** The variables of a push of a tag. */
  onTag(name: string): void {
    this.env['GITHUB_REF_TYPE'] = 'tag'
    this.env['GITHUB_REF_NAME'] = name
  }

  /** Runs a step in this process. `meanwhile` happens where it waits. */
  async step(inputs: Names, more: Names = {}, meanwhile = async (): Promise<void> => {}): Promise<Ended> {
    const files = temporaryFolder()
    const [output, summary] = [join(files, 'output'), join(files, 'summary')]
    writeFileSync(output, '')
    let log = ''
    const waits: number[] = []
    const env = {
      ...this.env,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      ...inputVariables(inputs),
      ...more,
    }
    const code = await runAction(
      { env, cwd: this.folder, platform: process.platform },
      {
        write: (text) => {
          log += text
        },
        wait: async (milliseconds) => {
          waits.push(milliseconds)
          await meanwhile()
        },
      },
    )
    return { code, log, outputs: outputsIn(readFileSync(output, 'utf8')), summary: textOf(summary), waits }
  }
}

/** Inputs as the runner passes them. */
function inputVariables(inputs: Names): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [inputVariable(name), value]))
}

/** Reads the file of outputs as the runner does: `NAME<<DELIMITER`, lines, the delimiter alone on a line. */
export function outputsIn(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  const lines = text.split('\n')
  while (lines.length > 1) {
    const head = lines.shift() ?? ''
    const [, name, delimiter] = /^([^<=]+)<<(.+)$/.exec(head) ?? []
    if (name === undefined || delimiter === undefined) throw new Error(`no output begins with ${head}`)
    const end = lines.indexOf(delimiter)
    if (end < 0) throw new Error(`${name} has no end`)
    found[name] = lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join('\n')
  }
  return found
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

const configMap =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  colour: {{ .Values.colour }}\n'
