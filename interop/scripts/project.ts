import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ended, Home } from '../workspace.ts'
import { program, run, workspace, writeChart } from '../workspace.ts'

export interface Project {
  readonly folder: string
  readonly chart: string
  /** Runs one of the scripts from `cwd`, which is not the project unless said so. */
  readonly script: (name: string, args?: readonly string[], options?: ScriptOptions) => Promise<Ended>
}

export interface ScriptOptions {
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  readonly cwd?: string | undefined
  readonly input?: string | undefined
}

export interface ProjectOptions {
  readonly name: string
  /** What chartroom.yaml says. */
  readonly yaml: string
}

/** A repository that has the two scripts, a chart where they look for it, and a chartroom.yaml. */
export async function createProject(home: Home, { name, yaml }: ProjectOptions): Promise<Project> {
  const folder = join(home.folder, name)
  const chart = join(folder, 'deployments', 'helm', 'hypersdk')
  await mkdir(join(folder, '.git'), { recursive: true })
  await writeFile(join(folder, 'chartroom.yaml'), yaml)
  await cp(join(workspace, 'deployments', 'scripts'), join(folder, 'deployments', 'scripts'), {
    recursive: true,
  })
  await writeChart(chart, { name: 'hypersdk', version: '0.2.0' })
  const script: Project['script'] = (file, args = [], { env = {}, cwd = home.folder, input } = {}) =>
    run('bash', [join(folder, 'deployments', 'scripts', file), ...args], {
      cwd,
      env: { ...home.env, CHARTROOM: program, ...env },
      input,
    })
  return { folder, chart, script }
}

/** Makes a chart that lint lets pass and that cannot be rendered with the values of its own test. */
export async function refuseTestValues(chart: string): Promise<void> {
  await mkdir(join(chart, 'ci'))
  await writeFile(join(chart, 'ci', 'refused-values.yaml'), 'refused: true\n')
  const template = '{{ if .Values.refused }}{{ fail "refused" }}{{ end }}\n'
  await writeFile(join(chart, 'templates', 'refused.yaml'), template)
}

export interface Recorder {
  /** For CHARTROOM. */
  readonly path: string
  /** One line for each call: its arguments, then what it saw in the environment. */
  readonly calls: () => Promise<string[]>
}

/** A program that notes how it was called and then is chartroom. */
export async function createRecorder(home: Home, name: string): Promise<Recorder> {
  const path = join(home.folder, name)
  const log = `${path}.log`
  await writeFile(
    path,
    `#!/usr/bin/env bash\nprintf '%s | user=%s password=%s\\n' "$*" "\${CHARTROOM_USERNAME:-}" "\${CHARTROOM_PASSWORD:+given}" >>'${log}'\n` +
      `exec '${process.execPath}' '${program}' "$@"\n`,
  )
  await chmod(path, 0o755)
  return { path, calls: async () => (await readFile(log, 'utf8')).trim().split('\n') }
}
