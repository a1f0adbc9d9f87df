// Build an index of 10,000 archives, and add one to it.
import { join } from 'node:path'
import { chartroom, interleaved, inWorkshop, packedCharts, peakMemory, peer, time } from './kit.mjs'

const count = 10_000

export async function run() {
  return inWorkshop(async (shop) => {
    packedCharts(shop, count)
    const helm = peer('helm-4.2.4', 'helm')
    const full = await interleaved(
      3,
      () => time(chartroom, ['repo', 'index', 'packed'], shop),
      () => time(helm, ['repo', 'index', 'packed'], shop),
    )
    // A version that the index does not have.
    time(chartroom, ['package', join('charts', 'app0'), '--version', '2.0.0', '-d', 'one'], shop)
    const memory = {
      ours: await peakMemory(chartroom, ['repo', 'index', 'packed'], shop),
      theirs: await peakMemory(helm, ['repo', 'index', 'packed'], shop),
    }
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
        work: 'its peak memory',
        ...memory,
        peer: 'helm repo index',
        unit: 'MB',
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
