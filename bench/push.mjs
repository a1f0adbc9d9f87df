// Push 300 packaged charts to distribution: one call of ours against a loop of helm push (30, scaled) and
// against a bare Node client that sends the same requests; then the same again.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  chartroom,
  interleaved,
  inWorkshop,
  packedCharts,
  peer,
  root,
  time,
  timeAsync,
  withDistribution,
} from './kit.mjs'
import { withCounter } from './counter.mjs'

const count = 300
const sample = 30

/** Seconds for 300 charts. */
export async function run() {
  return inWorkshop((shop) =>
    withDistribution(shop, async (host) => {
      const archives = packedCharts(shop, count)
      const { ours, theirs } = await interleaved(
        3,
        (round) => pushAll(archives, `oci://${host}/ours${round}`, shop),
        (round) =>
          pushLoop(archives.slice(0, sample), `oci://${host}/theirs${round}`, shop) * (count / sample),
      )
      writeFileSync(join(shop.folder, 'uploads.json'), JSON.stringify(await uploads(host, archives)))
      const bareClient = [process.execPath, join(root, 'bench', 'bare-client.mjs'), 'uploads.json']
      const bare = await interleaved(
        5,
        (round) => pushAll(archives, `oci://${host}/again${round}`, shop),
        (round) => time(bareClient, [host, `bare${round}`], shop),
      )
      const requests = await withCounter(host, async (counted, count) => {
        await timeAsync(chartroom, ['push', ...archives, `oci://${counted}/ours0`], shop)
        return count()
      })
      return [
        {
          work: `push ${count} charts to distribution 3`,
          ours: ours / 1000,
          theirs: theirs / 1000,
          peer: `a loop of helm push (${sample}, scaled)`,
          unit: 's',
          target: 7,
        },
        {
          work: 'the same, against the bare requests',
          ours: bare.ours / 1000,
          theirs: bare.theirs / 1000,
          peer: 'a bare Node client',
          unit: 's',
          target: 1 / 1.3,
        },
        {
          work: 'the same again, unchanged: requests a chart',
          ours: requests / archives.length,
          theirs: 2,
          peer: 'the most allowed',
          unit: '',
          target: 1,
        },
      ]
    }),
  )
}

/** With nothing known of earlier rounds, or their blobs would be mounted and not sent. */
function pushAll(archives, to, shop) {
  rmSync(join(shop.env.XDG_CACHE_HOME, 'chartroom', 'placements'), { force: true })
  return time(chartroom, ['push', ...archives, to], shop)
}

function pushLoop(archives, to, shop) {
  const helm = peer('helm-4.2.4', 'helm')
  return archives.reduce((sum, archive) => sum + time(helm, ['push', archive, to, '--plain-http'], shop), 0)
}

/** What our first push sent, for the bare client to send again: configs, manifests, and where the archives lie. */
async function uploads(host, archives) {
  return Promise.all(
    archives.map(async (archive, i) => {
      const repository = `http://${host}/v2/ours0/app${i}`
      const type = 'application/vnd.oci.image.manifest.v1+json'
      const manifest = await (
        await fetch(`${repository}/manifests/1.0.0`, { headers: { accept: type } })
      ).text()
      const { config } = JSON.parse(manifest)
      const text = await (await fetch(`${repository}/blobs/${config.digest}`)).text()
      return { name: `app${i}`, tag: '1.0.0', archive, manifest, config: text }
    }),
  )
}
