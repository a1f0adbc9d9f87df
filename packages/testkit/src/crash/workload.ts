import type { Sent } from '../registry-client.ts'
import { pushChart } from '../chart-push.ts'
import { send, sha256 } from '../registry-client.ts'
import type { Ledger } from './ledger.ts'

const manifestType = 'application/vnd.oci.image.manifest.v1+json'

export interface Job {
  readonly url: string
  readonly ledger: Ledger
  /** A path of at least two parts: a chart is pushed beside it. */
  readonly repository: string
  /** Makes the content differ from that of other jobs. */
  readonly seed: string
  /** Bytes of the layer. */
  readonly size?: number | undefined
}

/**
 * One chart's life: config and layer, an image with a moving tag, one that refers to it, a tag that is removed, a
 * chart in the index. What is acknowledged goes to the ledger. Throws at the first answer that is no success, or none.
 */
export async function runJob(job: Job): Promise<void> {
  const config = await putBlob(job, '{}')
  const layer = await putBlob(job, job.seed.padEnd(job.size ?? 5_000, '.'))
  const image = await putManifest(job, 'moving', { config, layers: [layer], annotations: { seed: job.seed } })
  await putManifest(job, `tag-${job.seed}`, { config, layers: [layer], annotations: { seed: job.seed } })
  const note = await putManifest(job, `note-${job.seed}`, {
    config,
    layers: [],
    subject: image,
    artifactType: job.seed,
  })
  job.ledger.referrers.add(`${job.repository} ${image.digest} ${note.digest}`)
  await removeTag(job, `note-${job.seed}`)
  await putChart(job)
}

interface Described {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
}

async function putBlob(job: Job, text: string): Promise<Described> {
  const digest = sha256(text)
  const location = await expectStatus(job, `POST /v2/${job.repository}/blobs/uploads/`, 202)
  await expectStatus(job, `PUT ${location}?digest=${digest}`, 201, { body: text })
  job.ledger.blobs.add(`${job.repository} ${digest}`)
  return { mediaType: 'application/octet-stream', digest, size: Buffer.byteLength(text) }
}

async function putManifest(job: Job, tag: string, fields: object): Promise<Described> {
  const body = JSON.stringify({ schemaVersion: 2, ...fields })
  const digest = sha256(body)
  const line = `${job.repository} ${tag}`
  const before = job.ledger.tags.get(line)
  if (before !== undefined) job.ledger.tags.set(line, [...before, digest])
  const headers = { 'content-type': manifestType }
  job.ledger.removed.delete(line)
  await expectStatus(job, `PUT /v2/${job.repository}/manifests/${tag}`, 201, { body, headers })
  job.ledger.manifests.add(`${job.repository} ${digest}`)
  // Jobs in the same repository move the tag at the same time: any of theirs may be the last.
  job.ledger.tags.set(line, [...(job.ledger.tags.get(line) ?? []), digest])
  return { mediaType: manifestType, digest, size: Buffer.byteLength(body) }
}

async function putChart({ url, ledger, repository, seed }: Job): Promise<void> {
  const name = `${repository}-chart`
  const version = `1.0.0-${seed}`
  const { archive } = await pushChart(url, { name, version, archive: seed })
  const slash = name.lastIndexOf('/')
  ledger.charts.add(`${name.slice(0, slash)} ${name.slice(slash + 1)}-${version}.tgz ${archive}`)
}

async function removeTag(job: Job, tag: string): Promise<void> {
  const line = `${job.repository} ${tag}`
  job.ledger.tags.delete(line)
  await expectStatus(job, `DELETE /v2/${job.repository}/manifests/${tag}`, 202)
  job.ledger.removed.add(line)
}

async function expectStatus({ url }: Job, line: string, wanted: number, sent: Sent = {}): Promise<string> {
  const { status, headers, body } = await send(url, line, sent)
  if (status !== wanted) throw new Error(`${line}: ${status} ${body.toString()}`)
  return String(headers['location'])
}
