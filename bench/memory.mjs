// Copy an artifact with one layer of 1 GiB, and of 256 MiB, between two distributions: peak memory.
import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { chartroom, inWorkshop, peakMemory, withDistribution } from './kit.mjs'

const mebibyte = Buffer.alloc(2 ** 20, 'chartroom')

export async function run() {
  return inWorkshop((shop) =>
    withDistribution(shop, (from) =>
      withDistribution(shop, async (to) => {
        const rows = []
        let smaller
        for (const size of [256, 1024]) {
          await pushLayer(from, `big/s${size}`, size)
          const names = [`oci://${from}/big/s${size}:1`, `oci://${to}/big/s${size}:1`]
          const peak = await peakMemory(chartroom, ['copy', ...names], shop)
          rows.push(row(`pull and push a blob of ${size} MiB: peak memory`, peak, 200, 'the most allowed'))
          if (smaller !== undefined)
            rows.push(row('the same against a quarter of the size', peak, smaller * 1.2, 'that and a fifth'))
          smaller = peak
        }
        return rows
      }),
    ),
  )
}

function row(work, ours, theirs, peer) {
  return { work, ours, theirs, peer, unit: 'MB', target: 1 }
}

async function pushLayer(host, name, mebibytes) {
  const hash = createHash('sha256')
  for (let i = 0; i < mebibytes; i++) hash.update(mebibyte)
  const layer = `sha256:${hash.digest('hex')}`
  await pushBlob(host, name, { digest: layer, count: mebibytes, part: mebibyte })
  const config = `sha256:${createHash('sha256').update('{}').digest('hex')}`
  await pushBlob(host, name, { digest: config, count: 1, part: Buffer.from('{}') })
  const type = 'application/vnd.oci.image.manifest.v1+json'
  const manifest = {
    schemaVersion: 2,
    mediaType: type,
    config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: config, size: 2 },
    layers: [{ mediaType: 'application/octet-stream', digest: layer, size: mebibytes * mebibyte.length }],
  }
  const answer = await fetch(`http://${host}/v2/${name}/manifests/1`, {
    method: 'PUT',
    headers: { 'content-type': type },
    body: JSON.stringify(manifest),
  })
  if (answer.status !== 201) throw new Error(`${host} answered ${answer.status} to a manifest`)
}

async function pushBlob(host, name, { digest, count, part }) {
  const { headers } = await fetch(`http://${host}/v2/${name}/blobs/uploads/`, { method: 'POST' })
  const url = new URL(headers.get('location'), `http://${host}`)
  url.searchParams.set('digest', digest)
  await new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'PUT', headers: { 'content-length': count * part.length } },
      (response) => {
        response.resume()
        if (response.statusCode === 201) response.once('end', resolve)
        else reject(new Error(`${host} answered ${response.statusCode} to a blob`))
      },
    )
    sent.once('error', reject)
    const write = (left) => {
      if (left === 0) sent.end()
      else sent.write(part, () => write(left - 1))
    }
    write(count)
  })
}
