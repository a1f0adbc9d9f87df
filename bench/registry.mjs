// Requests a second of 8 connections: manifest, blob of 10 KB, tags list; ours and distribution.
import { createHash } from 'node:crypto'
import { Agent, request } from 'node:http'
import { inWorkshop, median, withChartroom, withDistribution } from './kit.mjs'

const connections = 8
const milliseconds = 2000

export async function run() {
  return inWorkshop((shop) =>
    withChartroom(shop, (ours) =>
      withDistribution(shop, async (theirs) => {
        const paths = await fill(ours)
        await fill(theirs)
        const rows = []
        for (const [work, path] of Object.entries(paths)) {
          const [a, b] = [[], []]
          for (let round = 0; round < 3; round++) {
            a.push(await rate(ours, path))
            b.push(await rate(theirs, path))
          }
          rows.push({
            work: `registry: ${work}`,
            ours: median(a),
            theirs: median(b),
            peer: 'distribution 3',
            unit: 'requests/s',
            target: 2,
            more: true,
          })
        }
        return rows
      }),
    ),
  )
}

/** One chart-like artifact with 300 tags; the paths to ask for. */
async function fill(host) {
  const blob = Buffer.from(createHash('sha256').update('seed').digest('hex').repeat(160))
  const digest = await pushBlob(host, blob)
  const config = await pushBlob(host, Buffer.from('{}'))
  const type = 'application/vnd.oci.image.manifest.v1+json'
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: type,
    config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: config, size: 2 },
    layers: [{ mediaType: 'application/octet-stream', digest, size: blob.length }],
  })
  for (let i = 0; i < 300; i++) {
    await fetch(`http://${host}/v2/bench/app/manifests/1.0.${i}`, {
      method: 'PUT',
      headers: { 'content-type': type },
      body: manifest,
    })
  }
  return {
    'manifest GET': '/v2/bench/app/manifests/1.0.7',
    'blob GET, 10 KB': `/v2/bench/app/blobs/${digest}`,
    'tags list, 300 tags': '/v2/bench/app/tags/list',
  }
}

async function pushBlob(host, bytes) {
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  const { headers } = await fetch(`http://${host}/v2/bench/app/blobs/uploads/`, { method: 'POST' })
  const url = new URL(headers.get('location'), `http://${host}`)
  url.searchParams.set('digest', digest)
  const { status } = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
  })
  if (status !== 201) throw new Error(`${host} answered ${status} to a blob`)
  return digest
}

async function rate(host, path) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const end = performance.now() + milliseconds
  let done = 0
  async function worker() {
    while (performance.now() < end) {
      await get(agent, host, path)
      done++
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  agent.destroy()
  return done / (milliseconds / 1000)
}

function get(agent, host, path) {
  const [hostname, port] = host.split(':')
  return new Promise((resolve, reject) => {
    request(
      { agent, hostname, port, path, headers: { accept: 'application/vnd.oci.image.manifest.v1+json' } },
      (response) => {
        response.resume()
        response.once('end', resolve)
        if (response.statusCode !== 200) reject(new Error(`${path} answered ${response.statusCode}`))
      },
    )
      .once('error', reject)
      .end()
  })
}
