// Copy 300 tags, each a chart version of its own, distribution to distribution: crane cold, regsync warm.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chartroom, interleaved, inWorkshop, peer, time, withDistribution } from './kit.mjs'

const count = 300

export async function run() {
  return inWorkshop((shop) =>
    withDistribution(shop, (from) =>
      withDistribution(shop, async (to) => {
        chartVersions(shop)
        const archives = Array.from({ length: count }, (_, i) => join('packed', `app-1.0.${i}.tgz`))
        time(chartroom, ['push', ...archives, `oci://${from}/charts`], shop)
        const source = `${from}/charts/app`
        const crane = peer('crane-0.21.9', 'crane')
        const ours = (name) =>
          time(
            chartroom,
            ['copy', `oci://${source}`, `oci://${to}/${name}`, '--all-tags', '--no-referrers'],
            shop,
          )
        const theirs = (name) =>
          time(crane, ['copy', '--insecure', '--all-tags', '-j', '8', source, `${to}/${name}`], shop)
        const cold = await interleaved(
          3,
          (round) => ours(`ours${round}`),
          (round) => theirs(`theirs${round}`),
        )
        writeFileSync(join(shop.folder, 'regsync.yml'), regsyncConfig(from, to, source))
        const regsync = peer('regsync-0.11.5', 'regsync')
        const mirror = () => time(regsync, ['once', '-c', 'regsync.yml', '-v', 'error'], shop)
        mirror()
        const warm = await interleaved(5, () => ours('ours0'), mirror)
        return [
          {
            work: `copy ${count} tags, cold`,
            ours: cold.ours / 1000,
            theirs: cold.theirs / 1000,
            peer: 'crane copy --all-tags -j 8',
            unit: 's',
            target: 1,
          },
          {
            work: `copy ${count} tags, warm`,
            ours: warm.ours / 1000,
            theirs: warm.theirs / 1000,
            peer: 'regsync once',
            unit: 's',
            target: 1,
          },
        ]
      }),
    ),
  )
}

/** 300 versions of one chart, each with values of its own, packed. */
function chartVersions(shop) {
  const folder = join(shop.folder, 'app')
  mkdirSync(join(folder, 'templates'), { recursive: true })
  for (let i = 0; i < count; i++) {
    writeFileSync(join(folder, 'Chart.yaml'), `apiVersion: v2\nname: app\nversion: 1.0.${i}\n`)
    writeFileSync(join(folder, 'values.yaml'), `replicas: ${i}\n`)
    time(chartroom, ['package', 'app', '-d', 'packed'], shop)
  }
}

function regsyncConfig(from, to, source) {
  return `version: 1
creds:
  - registry: "${from}"
    tls: disabled
  - registry: "${to}"
    tls: disabled
defaults:
  parallel: 8
sync:
  - source: "${source}"
    target: "${to}/mirror"
    type: repository
`
}
