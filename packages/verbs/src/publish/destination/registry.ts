import { ChartroomError } from '@chartroom/errors'
import type { RegistryPlace } from '@chartroom/providers'
import { parseReference } from '@chartroom/oci'
import type { Connections } from '../../connection.ts'
import type { Packed } from '../../package/packed.ts'
import { readWithoutLogin } from '../../vendor/visibility.ts'
import type { RepositoryWishes } from '../../vendor/preparation.ts'
import { VendorPreparation } from '../../vendor/preparation.ts'
import type { Destination, PlannedChart } from '../destination.ts'
import type { OciDestinationOptions } from './oci.ts'
import { ociDestination, sends } from './oci.ts'

export interface RegistryDestinationOptions
  extends Pick<OciDestinationOptions, 'tags' | 'force' | 'placements'> {
  /** `oci://HOST/PATH`, without a chart name. */
  readonly to: string
  readonly connections: Connections
  readonly wishes?: RepositoryWishes | undefined
}

/**
 * Charts in a registry, the chart's name appended to the path. What the vendor of the registry wants of paths and
 * repositories is looked at before anything is uploaded.
 */
export function registryDestination(options: RegistryDestinationOptions): Destination {
  const { to, connections, wishes, ...rest } = options
  const prefix = prefixOf(to)
  const preparation = new VendorPreparation(connections, wishes)
  const nameOf = ({ chart }: Packed): string => chart.metadata.name

  function placeOf(packed: Packed): RegistryPlace {
    const { registry, repository } = parseReference(`${prefix}/${nameOf(packed)}`)
    return { ...connections.originOf(registry), repository }
  }

  const inner = ociDestination({
    to,
    kind: 'oci',
    prefix,
    repository: (name) => connections.repository(parseReference(`${prefix}/${name}`), { push: true }),
    annotations: () => preparation.annotations(parseReference(`${prefix}/chart`).registry),
    ...rest,
  })

  async function checkedPlan(charts: readonly Packed[]): Promise<PlannedChart[]> {
    const places = charts.map(placeOf)
    await preparation.checkPaths(places)
    try {
      return await inner.plan(charts)
    } finally {
      // Some registries are known by what they answer: a path they never take explains what they said to it.
      await preparation.checkPaths(places)
    }
  }

  return {
    ...inner,

    async plan(charts) {
      const planned = await checkedPlan(charts)
      const sent = planned.filter(({ action }) => sends(action))
      await preparation.look(sent.map(({ packed }) => placeOf(packed)))
      return planned
    },

    async stage(planned) {
      if (sends(planned.action)) await preparation.make(placeOf(planned.packed))
      await inner.stage(planned)
    },

    async show({ packed, action }) {
      if (!sends(action)) return undefined
      return readWithoutLogin(connections, placeOf(packed), packed.chart.metadata.version)
    },
  }
}

function prefixOf(to: string): string {
  const prefix = to.replace(/^oci:\/\//, '').replace(/\/+$/, '')
  if (/[@]/.test(prefix) || /:[^/]*$/.test(prefix.replace(/^[^/]*/, ''))) {
    throw new ChartroomError('USAGE', `${to} has a tag or digest, which the chart's version decides`, {
      hint: 'Give the path alone: oci://HOST/PATH.',
    })
  }
  return prefix
}
