import type { Received } from './registry-client.ts'
import { send, sha256 } from './registry-client.ts'

const manifestType = 'application/vnd.oci.image.manifest.v1+json'
const configType = 'application/vnd.cncf.helm.config.v1+json'
const contentType = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip'

export interface PushedChart {
  readonly archive: string
  readonly config: string
  readonly manifest: string
  readonly tag: string
}

/** Where and what to push: `name` is the whole repository path, the chart's own name its last part. */
export interface ChartToPush {
  readonly name: string
  readonly version: string
  readonly archive: Uint8Array | string
  readonly headers?: Readonly<Record<string, string>>
  readonly created?: string
}

/** Pushes what Helm would: config, archive, manifest by tag. Throws at the first answer that is no 201. */
export async function pushChart(base: string, chart: ChartToPush): Promise<PushedChart> {
  const { name, version, archive, created = '2026-01-02T03:04:05Z' } = chart
  const own = name.slice(name.lastIndexOf('/') + 1)
  const config = JSON.stringify({ name: own, version, description: 'A test', apiVersion: 'v2' })
  const manifest = JSON.stringify({
    schemaVersion: 2,
    config: { mediaType: configType, digest: sha256(config), size: Buffer.byteLength(config) },
    layers: [{ mediaType: contentType, digest: sha256(archive), size: Buffer.byteLength(archive) }],
    annotations: { 'org.opencontainers.image.created': created },
  })
  await pushBlob(base, name, config, chart.headers)
  await pushBlob(base, name, archive, chart.headers)
  const tag = version.replaceAll('+', '_')
  const headers = { ...chart.headers, 'content-type': manifestType }
  expectCreated(await send(base, `PUT /v2/${name}/manifests/${tag}`, { headers, body: manifest }))
  return { archive: sha256(archive), config: sha256(config), manifest: sha256(manifest), tag }
}

/** A blob by POST and PUT. */
export async function pushBlob(
  base: string,
  name: string,
  body: Uint8Array | string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const started = await send(base, `POST /v2/${name}/blobs/uploads/`, { headers })
  const location = String(started.headers['location'])
  const digest = sha256(body)
  expectCreated(await send(base, `PUT ${location}?digest=${digest}`, { headers, body }))
  return digest
}

function expectCreated({ status, body }: Received): void {
  if (status !== 201) throw new Error(`${status}: ${body.toString()}`)
}
