import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** This repository, as tests of the built program and of the scripts see it. */
export const workspace: string = fileURLToPath(new URL('..', import.meta.url))

/** The launcher of the built program; run it with `node`. */
export const program: string = join(workspace, 'packages', 'cli', 'bin', 'chartroom.cjs')

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string | undefined
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  readonly input?: string | undefined
}

/** Runs a program to its end; a non-zero exit code is a result, not an error. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return new Promise((fulfil, reject) => {
    const { cwd, env = process.env, input } = options
    const child = execFile(file, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code === 'string') reject(error)
      else fulfil({ code: child.exitCode ?? 1, stdout, stderr })
    })
    // A program that ends without reading its input closes the pipe: its exit code says enough.
    child.stdin?.on('error', (error: NodeJS.ErrnoException) => error.code === 'EPIPE' || reject(error))
    child.stdin?.end(input ?? '')
  })
}

/** Builds the command line, unless it is up to date. */
export async function ensureBuilt(): Promise<void> {
  const { code, stderr } = await run(process.execPath, [join(workspace, 'tools', 'build.mjs')])
  if (code !== 0) throw new Error(`the command line does not build:\n${stderr}`)
}

/** A fresh folder that also is the home of what runs in it, so that no login or cache of the user is seen. */
export async function temporaryHome(): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-interop-'))
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, '.config'),
    XDG_CACHE_HOME: join(folder, '.cache'),
    XDG_DATA_HOME: join(folder, '.local'),
    DOCKER_CONFIG: join(folder, '.docker'),
    TMPDIR: tmpdir(),
  }
  return { folder, env, remove: () => rm(folder, { recursive: true, force: true }) }
}

export interface Home {
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  remove(): Promise<void>
}

export interface Served {
  /** `127.0.0.1:PORT` */
  readonly host: string
  readonly url: string
  close(): Promise<void>
}

/** `chartroom serve` on a free port. */
export async function serve(home: Home, args: readonly string[] = []): Promise<Served> {
  const storage = join(home.folder, `store-${process.hrtime.bigint()}`)
  const flags = ['serve', '--addr', '127.0.0.1:0', '--storage', storage, '-o', 'json', ...args]
  const child = spawn(process.execPath, [program, ...flags], {
    env: { ...home.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  const ended = new Promise<void>((fulfil) => child.once('close', () => fulfil()))
  const line = await new Promise<string | undefined>((fulfil) => {
    createInterface({ input: child.stdout }).once('line', fulfil)
    child.once('close', () => fulfil(undefined))
  })
  if (line === undefined) throw new Error(`chartroom serve ended: ${Buffer.concat(errors).toString()}`)
  const { url } = JSON.parse(line) as { url: string }
  const close = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
  }
  return { host: new URL(url).host, url, close }
}

/** A chart that has one template and needs no cluster feature. */
export async function writeChart(
  folder: string,
  chart: { name: string; version: string; note?: string },
): Promise<void> {
  await mkdir(join(folder, 'templates'), { recursive: true })
  await writeFile(
    join(folder, 'Chart.yaml'),
    `apiVersion: v2\nname: ${chart.name}\nversion: "${chart.version}"\nappVersion: "9.9"\ndescription: It's a chart & more\n`,
  )
  await writeFile(join(folder, 'values.yaml'), `note: ${chart.note ?? 'none'}\n`)
  await writeFile(join(folder, 'README.md'), `# ${chart.name}\n`)
  await writeFile(
    join(folder, 'templates', 'configmap.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  note: {{ .Values.note | quote }}\n',
  )
}
