// Push 300 packaged charts to distribution: one call of ours, a loop of helm push (30, scaled), second push.
import { chartroom, interleaved, inWorkshop, packedCharts, peer, time, withDistribution } from './kit.mjs'

const count = 300
const sample = 30

/** Seconds for 300 charts. */
export async function run() {
  return inWorkshop((shop) =>
    withDistribution(shop, async (host) => {
      const archives = packedCharts(shop, count)
      const { ours, theirs } = await interleaved(
        3,
        (round) => time(chartroom, ['push', ...archives, `oci://${host}/ours${round}`], shop),
        (round) =>
          pushLoop(archives.slice(0, sample), `oci://${host}/theirs${round}`, shop) * (count / sample),
      )
      const again = time(chartroom, ['push', ...archives, `oci://${host}/ours0`], shop)
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
          work: 'the same again, unchanged',
          ours: again / 1000,
          theirs: ours / 1000,
          peer: 'our first push',
          unit: 's',
          target: 1,
        },
      ]
    }),
  )
}

function pushLoop(archives, to, shop) {
  const helm = peer('helm-4.2.4', 'helm')
  return archives.reduce((sum, archive) => sum + time(helm, ['push', archive, to, '--plain-http'], shop), 0)
}
