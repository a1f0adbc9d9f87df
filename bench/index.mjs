// Build an index of 3,000 archives, and add one to it.
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chartroom, interleaved, inWorkshop, packedCharts, peer, time } from './kit.mjs'

const count = 3000

export async function run() {
  return inWorkshop(async (shop) => {
    packedCharts(shop, count)
    const helm = peer('helm-4.2.4', 'helm')
    const full = await interleaved(
      3,
      () => time(chartroom, ['repo', 'index', 'packed'], shop),
      () => time(helm, ['repo', 'index', 'packed'], shop),
    )
    mkdirSync(join(shop.folder, 'one'))
    cpSync(join(shop.folder, 'packed', 'app0-1.0.0.tgz'), join(shop.folder, 'one', 'app0-1.0.0.tgz'))
    const index = join('packed', 'index.yaml')
    const added = await interleaved(
      3,
      () => time(chartroom, ['repo', 'index', 'one', '--merge', index], shop),
      () => time(helm, ['repo', 'index', 'one', '--merge', index], shop),
    )
    return [
      {
        work: `index ${count} archives`,
        ours: full.ours / 1000,
        theirs: full.theirs / 1000,
        peer: 'helm repo index',
        unit: 's',
        target: 1,
      },
      {
        work: `merge one into an index of ${count}`,
        ours: added.ours / 1000,
        theirs: added.theirs / 1000,
        peer: 'helm repo index --merge',
        unit: 's',
        target: 5,
      },
    ]
  })
}
