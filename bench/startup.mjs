// What every call costs: version, show chart of a folder, and a pull from a registry of no known vendor, for
// which no vendor's code may load.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  chartroom,
  interleaved,
  inWorkshop,
  packedCharts,
  peer,
  root,
  time,
  withDistribution,
} from './kit.mjs'

const rounds = 15
const helm = peer('helm-4.2.4', 'helm')

export async function run() {
  return inWorkshop(async (shop) => {
    const chart = join(root, 'deployments', 'helm', 'hypersdk')
    return [
      await row('version', (program) => time(program, ['version'], shop)),
      await row('show chart', (program) => time(program, ['show', 'chart', chart], shop)),
      await withDistribution(shop, (host) => pullRow(host, shop)),
    ]
  })
}

async function pullRow(host, shop) {
  const [archive] = packedCharts(shop, 1)
  time(chartroom, ['push', archive, `oci://${host}/charts`], shop)
  return row('pull of one chart', (program, round) => {
    const target = `${program.length}-${round}`
    mkdirSync(join(shop.folder, target))
    const plain = program === helm ? ['--plain-http'] : []
    return time(program, ['pull', `oci://${host}/charts/app0`, '-d', target, ...plain], shop)
  })
}

async function row(work, measure) {
  const { ours, theirs } = await interleaved(
    rounds,
    (round) => measure(chartroom, round),
    (round) => measure(helm, round),
  )
  return { work, ours, theirs, peer: 'helm', unit: 'ms', target: 1 }
}
