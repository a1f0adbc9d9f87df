import { createServer } from 'node:http'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { peer } from '../peers/peers.ts'
import type { Ended, Home, Served } from '../workspace.ts'
import { ensureBuilt, program, run, serve, temporaryHome, writeChart } from '../workspace.ts'

/** A file's text, or what is copied there from a path in the bench's home. */
export type Content = string | { readonly copy: string }

/** A registry, a repository that was added as `team`, one that nobody added, charts in all, and both programs. */
export interface Bench {
  readonly home: Home
  readonly registry: Served
  readonly team: string
  readonly foreign: string
  helm(...args: string[]): Promise<Ended>
  chartroom(...args: string[]): Promise<Ended>
  /** The chart `NAME/PROGRAM/umbrella`, with a chart `lib` beside it, for each program. */
  umbrella(name: string, chart: string, files?: Readonly<Record<string, Content>>): Promise<void>
  close(): Promise<void>
}

/** Every version of every chart on offer. */
const offered = [
  ['common', '1.0.0'],
  ['common', '1.2.0'],
  ['common', '1.10.0'],
  ['common', '2.0.0-rc.1'],
  ['common', '2.0.0+build.5'],
  ['redis', 'v1.0.0'],
  ['redis', '0.1.0'],
  ['redis-cluster', '1.0.0'],
] as const

export async function openBench(): Promise<Bench> {
  await ensureBuilt()
  const home = await temporaryHome()
  const registry = await serve(home)
  const web = await serveFolder(join(home.folder, 'site'))
  const env = {
    ...home.env,
    HELM_CACHE_HOME: join(home.folder, 'helm-cache'),
    HELM_CONFIG_HOME: join(home.folder, 'helm-config'),
    HELM_DATA_HOME: join(home.folder, 'helm-data'),
    TZ: 'UTC',
  }
  const start = (file: string, args: readonly string[]): Promise<Ended> =>
    run(file, args, { cwd: home.folder, env })
  const chartroom = (...args: string[]): Promise<Ended> => start(process.execPath, [program, ...args])
  const team = `${registry.url}/helm/charts`
  const places = ['--to', `oci://${registry.host}/charts`, '--to', 'site']
  for (const [name, version] of offered) {
    const folder = join('offered', `${name}-${version}`)
    await writeChart(join(home.folder, folder), { name, version, note: version })
    await good(chartroom('publish', folder, ...places))
  }
  await good(chartroom('repo', 'add', 'team', team))
  return {
    home,
    registry,
    team,
    foreign: web.url,
    helm: (...args) => start(peer('helm-4.2.4') ?? '', args),
    chartroom,
    async umbrella(name, chart, files = {}) {
      for (const who of ['helm', 'chartroom']) {
        const folder = join(home.folder, name, who)
        await rm(folder, { recursive: true, force: true })
        await writeChart(join(folder, 'lib'), { name: 'lib', version: '1.3.1' })
        const all = { 'Chart.yaml': chart, ...files }
        for (const [path, content] of Object.entries(all))
          await place(home, join(folder, 'umbrella', path), content)
      }
    },
    async close() {
      web.close()
      await registry.close()
      await home.remove()
    },
  }
}

async function place(home: Home, path: string, content: Content): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  if (typeof content === 'string') await writeFile(path, content)
  else await cp(join(home.folder, content.copy), path, { recursive: true })
}

export async function good(ending: Promise<Ended>): Promise<string> {
  const { code, stdout, stderr } = await ending
  if (code === 0) return stdout
  throw new Error(`${stdout}\n${stderr}`)
}

async function serveFolder(folder: string): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://x').pathname)
    readFile(join(folder, path)).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    )
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Where each program's umbrella is. */
export function umbrellas({ home }: Bench, name: string): { readonly theirs: string; readonly ours: string } {
  const at = (who: string): string => join(home.folder, name, who, 'umbrella')
  return { theirs: at('helm'), ours: at('chartroom') }
}

export function umbrellaYaml(dependencies: string): string {
  const list = dependencies.startsWith('-') ? `\n${dependencies}` : ` ${dependencies}`
  return `apiVersion: v2\nname: umbrella\nversion: 1.0.0\ndependencies:${list}\n`
}

/** The names in `charts/`, sorted; none where it is absent. */
export async function inCharts(umbrella: string): Promise<string[]> {
  return (await readdir(join(umbrella, 'charts')).catch(() => [])).sort()
}

/** A lock file without the line that differs at every run. */
export async function lockOf(umbrella: string, name = 'Chart.lock'): Promise<string | undefined> {
  const text = await readFile(join(umbrella, name), 'utf8').catch(() => undefined)
  return text?.replace(/^generated: .*$/m, 'generated: then')
}
