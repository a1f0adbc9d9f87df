import { ChartroomError, hasCode } from '@chartroom/errors'
import type { RegistryPlace } from '@chartroom/providers'
import type { Reference } from '@chartroom/oci'
import { parseReference } from '@chartroom/oci'
import type { Connections } from '../../connection.ts'
import type { Packed } from '../../package/packed.ts'
import { readWithoutLogin } from '../../vendor/visibility.ts'
import type { RepositoryWishes } from '../../vendor/preparation.ts'
import { VendorPreparation } from '../../vendor/preparation.ts'
import type { Destination, PlannedChart, Shown } from '../destination.ts'
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
  return new RegistryDestination(options)
}

class RegistryDestination implements Destination {
  readonly to: string
  readonly kind = 'oci'
  readonly #prefix: string
  readonly #connections: Connections
  readonly #preparation: VendorPreparation
  readonly #inner: Destination
  /** By the name of the chart. */
  readonly #references = new Map<string, Reference>()

  constructor({ to, connections, wishes, ...rest }: RegistryDestinationOptions) {
    const prefix = prefixOf(to)
    const preparation = new VendorPreparation(connections, wishes)
    this.to = to
    this.#prefix = prefix
    this.#connections = connections
    this.#preparation = preparation
    this.#inner = ociDestination({
      to,
      kind: 'oci',
      prefix,
      repository: (name) => connections.repository(this.#referenceOf(name), { push: true }),
      annotations: () => preparation.annotations(parseReference(`${prefix}/chart`).registry),
      ...rest,
    })
  }

  reference(packed: Packed): string {
    return this.#inner.reference(packed)
  }

  async plan(charts: readonly Packed[]): Promise<PlannedChart[]> {
    const planned = await this.#checkedPlan(charts)
    const sent = planned.filter(({ action }) => sends(action))
    await this.#preparation.look(sent.map(({ packed }) => this.#placeOf(packed)))
    return planned
  }

  async stage(planned: PlannedChart): Promise<void> {
    if (sends(planned.action)) await this.#preparation.make(this.#placeOf(planned.packed))
    await this.#inner.stage(planned)
  }

  commit(planned: readonly PlannedChart[]): Promise<void> {
    return this.#inner.commit(planned)
  }

  verify(planned: PlannedChart): Promise<void> {
    return this.#inner.verify(planned)
  }

  async show({ packed, action }: PlannedChart): Promise<Shown | undefined> {
    if (!sends(action)) return undefined
    return readWithoutLogin(this.#connections, this.#placeOf(packed), packed.chart.metadata.version)
  }

  async #checkedPlan(charts: readonly Packed[]): Promise<PlannedChart[]> {
    const places = charts.map((packed) => this.#placeOf(packed))
    await this.#preparation.checkPaths(places)
    try {
      return await this.#inner.plan(charts)
    } catch (error) {
      // Harbor says of a project that is not there what it says of a wrong login.
      if (!hasCode(error, 'UNAUTHENTICATED') || !(await this.#repaired(places))) throw error
      return await this.#inner.plan(charts)
    } finally {
      // Some registries are known by what they answer: a path they never take explains what they said to it.
      await this.#preparation.checkPaths(places)
    }
  }

  async #repaired(places: readonly RegistryPlace[]): Promise<boolean> {
    try {
      return await this.#preparation.repair(places)
    } catch (error) {
      // The login is wrong indeed: the first error says so better.
      if (hasCode(error, 'UNAUTHENTICATED')) return false
      throw error
    }
  }

  #placeOf({ chart }: Packed): RegistryPlace {
    const { registry, repository } = this.#referenceOf(chart.metadata.name)
    return { ...this.#connections.originOf(registry), repository }
  }

  #referenceOf(name: string): Reference {
    const reference = this.#references.get(name) ?? parseReference(`${this.#prefix}/${name}`)
    this.#references.set(name, reference)
    return reference
  }
}

function prefixOf(to: string): string {
  const prefix = to.replace(/^oci:\/\//, '').replace(/\/+$/, '')
  if (/^[^/]*@/.test(prefix)) {
    throw new ChartroomError('USAGE', 'a destination holds no user name and password', {
      hint: 'Log in with chartroom login HOST, or give --username and --password-stdin.',
    })
  }
  if (/[@]/.test(prefix) || /:[^/]*$/.test(prefix.replace(/^[^/]*/, ''))) {
    throw new ChartroomError('USAGE', `${to} has a tag or digest, which the chart's version decides`, {
      hint: 'Give the path alone: oci://HOST/PATH.',
    })
  }
  return prefix
}
