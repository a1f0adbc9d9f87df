// What every call costs: version, and show chart of a folder.
import { join } from 'node:path'
import { chartroom, interleaved, inWorkshop, peer, root, time } from './kit.mjs'

export async function run() {
  return inWorkshop(async (shop) => {
    const helm = peer('helm-4.2.4', 'helm')
    const chart = join(root, 'deployments', 'helm', 'hypersdk')
    const rows = []
    for (const args of [['version'], ['show', 'chart', chart]]) {
      const { ours, theirs } = await interleaved(
        15,
        () => time(chartroom, args, shop),
        () => time(helm, args, shop),
      )
      rows.push({ work: args.slice(0, 2).join(' '), ours, theirs, peer: 'helm', unit: 'ms', target: 1 })
    }
    return rows
  })
}
