import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadChart, packChart } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { formatYaml } from '@chartroom/go'
import { onTestFinished } from 'vitest'

/** A web server with pages that a test changes at will; it ends with the test. */
export interface WebSite {
  readonly url: string
  readonly host: string
  readonly pages: Map<string, Uint8Array | string | number>
  /** Paths as they were asked for. */
  readonly requests: string[]
  /** The `authorization` of each request. */
  readonly logins: (string | undefined)[]
  close(): void
}

export async function openWebSite(): Promise<WebSite> {
  const pages: WebSite['pages'] = new Map()
  const requests: string[] = []
  const logins: (string | undefined)[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    requests.push(path)
    logins.push(request.headers.authorization)
    const page = pages.get(path) ?? 404
    if (typeof page === 'number') response.writeHead(page).end()
    else response.end(page)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  onTestFinished(close)
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url: `http://${host}`, host, pages, requests, logins, close }
}

/** A packed chart; `note` makes its bytes differ. */
export function archiveOf(name: string, version: string, note = ''): Uint8Array {
  const yaml = `apiVersion: v2\nname: ${name}\nversion: ${version}\ndescription: "${note}"\n`
  const chart = loadChart([{ name: 'Chart.yaml', data: new TextEncoder().encode(yaml) }], nodePorts)
  return packChart(chart, { time: new Date(0), ports: nodePorts })
}

export interface OfferedChart {
  readonly name: string
  readonly version: string
  /** What is served for it. */
  readonly archive?: Uint8Array
  /** What the index says its digest is; null: nothing. */
  readonly digest?: string | null
  readonly url?: string
}

/** Puts a classic repository on the site: an index, and the archive of each chart. */
export function offer(site: WebSite, ...charts: readonly OfferedChart[]): void {
  const entries: Record<string, object[]> = {}
  for (const { name, version, archive = archiveOf(name, version), digest, url } of charts) {
    const address = url ?? `${name}-${version}.tgz`
    entries[name] = [
      ...(entries[name] ?? []),
      {
        apiVersion: 'v2',
        name,
        version,
        urls: [address],
        ...(digest === null ? {} : { digest: digest ?? sha256(archive).slice('sha256:'.length) }),
      },
    ]
    if (URL.canParse(address, 'http://site/') && !address.startsWith('http'))
      site.pages.set(new URL(address, 'http://site/').pathname, archive)
  }
  site.pages.set('/index.yaml', formatYaml(JSON.parse(JSON.stringify({ apiVersion: 'v1', entries }))))
}

export function sha256(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
