// Copy 300 tags of one repository, distribution to distribution: crane cold, and warm.
import { chartroom, interleaved, inWorkshop, packedCharts, peer, time, withDistribution } from './kit.mjs'

const count = 300

export async function run() {
  return inWorkshop((shop) =>
    withDistribution(shop, (from) =>
      withDistribution(shop, async (to) => {
        const [archive] = packedCharts(shop, 1)
        time(chartroom, ['push', archive, `oci://${from}/charts`], shop)
        const tags = Array.from({ length: count }, (_, i) => `t${i}`)
        time(chartroom, ['tag', `oci://${from}/charts/app0:1.0.0`, ...tags], shop)
        const source = `${from}/charts/app0`
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
        const warm = await interleaved(
          3,
          () => ours('ours0'),
          () => theirs('theirs0'),
        )
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
            peer: 'crane copy --all-tags -j 8',
            unit: 's',
            target: 1,
          },
        ]
      }),
    ),
  )
}
