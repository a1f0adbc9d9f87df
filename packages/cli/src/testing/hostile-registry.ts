import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingHttpHeaders } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** The connection is cut instead. */
  readonly cut?: boolean
}

export type Script = Readonly<Record<string, Answer | ((host: string) => Answer)>>

interface Asked {
  readonly line: string
  readonly headers: IncomingHttpHeaders
}

export interface Hostile {
  readonly host: string
  readonly asked: Asked[]
}

/** A server that answers by `METHOD /path`, else by `METHOD *`, else 404; it ends with the test. */
export async function hostile(script: Script): Promise<Hostile> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    const line = `${request.method} ${path}`
    asked.push({ line, headers: request.headers })
    const known = script[line] ?? script[`${request.method} *`] ?? { status: 404 }
    const { status = 200, headers = {}, body = '', cut } = typeof known === 'function' ? known(host) : known
    request.resume().once('end', () => {
      if (cut === true) request.socket.destroy()
      else response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { host, asked }
}

export function digestOf(bytes: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

export const manifestType = 'application/vnd.oci.image.manifest.v1+json'
export const manifestPath = '/v2/charts/app/manifests/1.0.0'

interface Served {
  readonly layer: Uint8Array
  /** What the manifest says of it in place of the truth. */
  readonly said?: object
  readonly config?: Uint8Array
  readonly provenance?: Uint8Array
  /** Answers in place of the usual ones. */
  readonly replaced?: Script
}

/** A registry with one chart. */
export function chartScript({
  layer: archive,
  said,
  config = configBytes,
  provenance,
  replaced,
}: Served): Script {
  const layers = [{ ...described('chart.content.v1.tar+gzip', archive), ...said }]
  if (provenance !== undefined) layers.push(described('chart.provenance.v1.prov', provenance))
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: described('config.v1+json', config),
    layers,
  })
  const headers = { 'content-type': manifestType, 'docker-content-digest': digestOf(manifest) }
  const blobs = [archive, config, ...(provenance === undefined ? [] : [provenance])]
  return {
    [`GET ${manifestPath}`]: { headers, body: manifest },
    [`HEAD ${manifestPath}`]: { headers },
    'GET /v2/charts/app/tags/list': { body: '{"tags":["1.0.0"]}' },
    ...Object.fromEntries(
      blobs.map((body) => [`GET /v2/charts/app/blobs/${digestOf(body)}`, { body }] as const),
    ),
    ...replaced,
  }
}

const configBytes = Buffer.from('{"name":"app","version":"1.0.0","apiVersion":"v2"}')

function described(type: string, bytes: Uint8Array): { mediaType: string; digest: string; size: number } {
  return { mediaType: `application/vnd.cncf.helm.${type}`, digest: digestOf(bytes), size: bytes.length }
}
