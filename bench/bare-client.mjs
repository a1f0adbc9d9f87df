// node bare-client.mjs UPLOADS HOST PATH: the least a Node program can do to push charts. It sends what
// `chartroom push` sends, 8 at a time in the same phases, and checks nothing but the status.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'

const [list, host, path] = process.argv.slice(2)
const [hostname, port] = host.split(':')
const agent = new Agent({ keepAlive: true, maxSockets: 16, scheduling: 'lifo' })
const manifestType = 'application/vnd.oci.image.manifest.v1+json'

const uploads = JSON.parse(readFileSync(list, 'utf8')).map(({ name, tag, archive, manifest, config }) => ({
  repository: `/v2/${path}/${name}`,
  tag,
  manifest: described(Buffer.from(manifest)),
  blobs: [described(Buffer.from(config)), described(readFileSync(archive))],
}))

await each(({ repository, tag }) => send('HEAD', `${repository}/manifests/${tag}`, [404]))
await each(async ({ repository, manifest, blobs }) => {
  await Promise.all(blobs.map((blob) => pushBlob(repository, blob)))
  await putManifest(repository, manifest, manifest.digest)
})
await each(({ repository, tag, manifest }) => putManifest(repository, manifest, tag))
await each(({ repository, tag }) => send('HEAD', `${repository}/manifests/${tag}`, [200]))
agent.destroy()

async function pushBlob(repository, { bytes, digest }) {
  // As ours: what is small is sent without asking.
  if (bytes.length > 64 * 1024) await send('HEAD', `${repository}/blobs/${digest}`, [404])
  const { headers } = await send('POST', `${repository}/blobs/uploads/?mount=${digest}`, [202])
  const url = new URL(headers.location, `http://${host}`)
  url.searchParams.set('digest', digest)
  await send('PUT', url.pathname + url.search, [201], bytes, 'application/octet-stream')
}

function putManifest(repository, { bytes }, reference) {
  return send('PUT', `${repository}/manifests/${reference}`, [201], bytes, manifestType)
}

function described(bytes) {
  return { bytes, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` }
}

async function each(work) {
  const left = [...uploads]
  async function worker() {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one)
  }
  await Promise.all(Array.from({ length: 8 }, worker))
}

function send(method, path, ok, body, type) {
  const headers = { accept: manifestType, 'content-length': body?.length ?? 0 }
  if (type !== undefined) headers['content-type'] = type
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, path, method, headers }, (response) => {
      response.resume()
      response.once('end', () => resolve(response))
      if (!ok.includes(response.statusCode)) {
        reject(new Error(`${method} ${path} answered ${response.statusCode}`))
      }
    })
    sent.once('error', reject)
    sent.end(body)
  })
}
