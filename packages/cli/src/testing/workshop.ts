import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startServer } from '@chartroom/registry'
import { openStore } from '@chartroom/store'
import type { Environment } from '@chartroom/verbs'
import type { GenericSchema, InferOutput } from 'valibot'
import { parse } from 'valibot'
import type { Called } from './call.ts'
import { call } from './call.ts'

/** An empty folder and home, a registry of its own, and the command line in it. */
export interface Workshop {
  readonly folder: string
  /** `127.0.0.1:PORT`. */
  readonly host: string
  readonly environment: Environment
  chartroom(...argv: string[]): Promise<Called>
  /** Runs with `-o json`, expects success, and checks the shape. */
  json<T extends GenericSchema>(shape: T, ...argv: string[]): Promise<InferOutput<T>>
  write(path: string, text: string): Promise<string>
  /** A small chart folder. */
  chart(name: string, version: string, values?: string): Promise<string>
  close(): Promise<void>
}

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-cli-'))
  const store = await openStore(join(folder, '.store'))
  const server = await startServer({ addr: '127.0.0.1:0', store })
  const environment: Environment = {
    env: { HOME: join(folder, '.home'), PATH: process.env['PATH'] },
    cwd: folder,
    platform: process.platform,
  }
  const chartroom = (...argv: string[]): Promise<Called> => call(argv, environment)

  const write = (path: string, text: string): Promise<string> => writeIn(folder, path, text)

  return {
    folder,
    host: server.host,
    environment,
    chartroom,
    write,
    async json(shape, ...argv) {
      const { code, stdout, stderr } = await chartroom(...argv, '-o', 'json')
      if (code !== 0) throw new Error(`chartroom ${argv.join(' ')} ended with ${code}\n${stderr}`)
      return parse(shape, JSON.parse(stdout))
    },
    async chart(name, version, values = 'replicas: 1\n') {
      for (const [file, text] of chartFiles(name, version, values)) await write(`${name}/${file}`, text)
      return name
    },
    async close() {
      await server.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function writeIn(folder: string, path: string, text: string): Promise<string> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
  return path
}

function chartFiles(name: string, version: string, values: string): [path: string, text: string][] {
  const description = 'A chart for tests'
  return [
    [
      'Chart.yaml',
      `apiVersion: v2\nname: ${name}\nversion: ${version}\nappVersion: "2.0"\ndescription: ${description}\n`,
    ],
    ['values.yaml', values],
    ['README.md', `# ${name}\n`],
    ['crds/thing.yaml', 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n'],
    ['templates/config.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\n'],
  ]
}
