import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openCache } from '@chartroom/store'
import type { Cache } from '@chartroom/store'
import { temporaryFolder } from '@chartroom/testkit'
import { onTestFinished } from 'vitest'
import type { ConnectionOptions, DependencyOptions, DependencyReport } from '../src/index.ts'
import { buildDependencies, connect, updateDependencies } from '../src/index.ts'

/** A chart `umbrella` in a home of its own, and the verbs on it. */
export interface ChartDesk {
  readonly home: string
  readonly umbrella: string
  readonly env: Record<string, string>
  /** What was said on the way, warnings too. */
  readonly said: string[]
  readonly cache: Cache
  update(options?: DependencyOptions, connection?: ConnectionOptions): Promise<DependencyReport>
  build(options?: DependencyOptions, connection?: ConnectionOptions): Promise<DependencyReport>
  /** Chart.yaml with these dependencies, in YAML. */
  declare(dependencies: string): Promise<void>
  /** A path below the home. */
  write(path: string, content: string | Uint8Array): Promise<void>
  /** The files of `charts/` with their digests, undefined where there is no such folder. */
  charts(): Promise<string[] | undefined>
  read(name: string): Promise<string | undefined>
}

export async function openChartDesk(): Promise<ChartDesk> {
  const home = temporaryFolder()
  const umbrella = join(home, 'umbrella')
  const env = { HOME: home }
  const cache = await openCache(join(home, 'cache'))
  onTestFinished(() => cache.close())
  const said: string[] = []
  const all = (options: DependencyOptions = {}): DependencyOptions => ({
    cache,
    onProgress: (line) => said.push(line),
    onWarning: (message) => said.push(message),
    ...options,
  })
  const open = (connection: ConnectionOptions = {}): ReturnType<typeof connect> =>
    connect({ env, cwd: home, platform: process.platform }, connection)
  const write: ChartDesk['write'] = async (path, content) => {
    await mkdir(dirname(join(home, path)), { recursive: true })
    await writeFile(join(home, path), content)
  }
  return {
    home,
    umbrella,
    env,
    said,
    cache,
    write,
    update: (options, connection) => updateDependencies(umbrella, open(connection), all(options)),
    build: (options, connection) => buildDependencies(umbrella, open(connection), all(options)),
    declare: (dependencies) =>
      write(
        'umbrella/Chart.yaml',
        `apiVersion: v2\nname: umbrella\nversion: 1.0.0\ndependencies:\n${dependencies}\n`,
      ),
    charts: () => ifPresent(readdir(join(umbrella, 'charts'))).then((names) => names?.sort()),
    read: (name) => ifPresent(readFile(join(umbrella, name), 'utf8')),
  }
}

async function ifPresent<T>(value: Promise<T>): Promise<T | undefined> {
  try {
    return await value
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
