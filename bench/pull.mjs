// Pull 100 charts from distribution with a cold cache: one call of ours, a loop of helm pull (30, scaled).
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { chartroom, interleaved, inWorkshop, packedCharts, peer, time, withDistribution } from './kit.mjs'

const count = 100
const sample = 30

export async function run() {
  return inWorkshop((shop) =>
    withDistribution(shop, async (host) => {
      const archives = packedCharts(shop, count)
      time(chartroom, ['push', ...archives, `oci://${host}/charts`], shop)
      const references = Array.from({ length: count }, (_, i) => `oci://${host}/charts/app${i}`)
      const helm = peer('helm-4.2.4', 'helm')
      const { ours, theirs } = await interleaved(
        3,
        (round) => {
          rmSync(join(shop.folder, '.cache', 'chartroom'), { recursive: true, force: true })
          return time(chartroom, ['pull', ...references, '--version', '1.0.0', '-d', `ours${round}`], shop)
        },
        () =>
          references
            .slice(0, sample)
            .reduce(
              (sum, one) =>
                sum + time(helm, ['pull', one, '--version', '1.0.0', '--plain-http', '-d', '.'], shop),
              0,
            ) *
          (count / sample),
      )
      return [
        {
          work: `pull ${count} charts`,
          ours: ours / 1000,
          theirs: theirs / 1000,
          peer: `a loop of helm pull (${sample}, scaled)`,
          unit: 's',
          target: 10,
        },
      ]
    }),
  )
}
