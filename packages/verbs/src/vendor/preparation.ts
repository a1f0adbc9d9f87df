import { ChartroomError } from '@chartroom/errors'
import type { PathProblem, Provider, RegistryPlace } from '@chartroom/providers'
import type { Connections } from '../connection.ts'
import { concurrency } from '../limits.ts'
import { pool } from '../pool.ts'

/** What a user wants of repositories that are not there yet. */
export interface RepositoryWishes {
  /** Make what the registry wants to exist before a push. */
  readonly create: boolean
  readonly immutableTags: boolean
  readonly scanOnPush: boolean
}

const noWishes: RepositoryWishes = { create: false, immutableTags: false, scanOnPush: false }

/** What the vendor of a registry wants before a push. Nothing of a vendor is loaded for registries of nobody's. */
export class VendorPreparation {
  readonly #connections: Connections
  readonly #wishes: RepositoryWishes
  /** By unit: one look for all charts of a project. */
  readonly #made = new Map<string, Promise<unknown>>()

  constructor(connections: Connections, wishes: RepositoryWishes = noWishes) {
    this.#connections = connections
    this.#wishes = wishes
  }

  /** Throws `USAGE` with the form that the registry takes. */
  async checkPaths(places: readonly RegistryPlace[]): Promise<void> {
    for (const place of places) {
      const problem = (await this.#provider(place))?.preparation.checkPath(place)
      if (problem !== undefined) throw pathError(problem, place)
    }
  }

  /** Throws `REPOSITORY_NOT_FOUND` or `UNSUPPORTED` where pushes to these places cannot succeed. */
  async look(places: readonly RegistryPlace[]): Promise<void> {
    if (this.#wishes.create) return
    await pool(places, concurrency, async (place) => {
      const provider = await this.#provider(place)
      if (provider?.preparation.looksFirst === true) await this.#ensure(provider, place)
    })
  }

  /** Makes what is missing, when that is wished. */
  async make(place: RegistryPlace): Promise<void> {
    const provider = this.#wishes.create ? await this.#provider(place) : undefined
    if (provider !== undefined) await this.#ensure(provider, place)
  }

  /**
   * For a refusal that may mean that something is missing: looks for it, and makes it when that is wished. True when
   * it was made. Throws `REPOSITORY_NOT_FOUND` where that is the reason.
   */
  async repair(places: readonly RegistryPlace[]): Promise<boolean> {
    const ensured = await pool(places, concurrency, async (place) => {
      const provider = await this.#provider(place)
      return provider?.preparation.looksFirst === true ? this.#ensure(provider, place) : undefined
    })
    return ensured.includes('created')
  }

  async annotations(host: string): Promise<Readonly<Record<string, string>>> {
    const provider = await this.#connections.vendorOf(host)?.load()
    return provider?.preparation.annotations?.(this.#connections.context) ?? {}
  }

  #ensure({ preparation }: Provider, place: RegistryPlace): Promise<unknown> {
    const unit = `${place.host} ${preparation.unit?.(place) ?? place.repository}`
    const known = this.#made.get(unit)
    if (known !== undefined) return known
    const { context } = this.#connections
    const made = Promise.resolve(preparation.ensure?.(context, place, this.#wishes))
    this.#made.set(unit, made)
    return made
  }

  async #provider({ host }: RegistryPlace): Promise<Provider | undefined> {
    return this.#connections.vendorOf(host)?.load()
  }
}

function pathError({ problem, corrected }: PathProblem, { host, repository }: RegistryPlace): ChartroomError {
  const above = corrected?.slice(0, corrected.lastIndexOf('/'))
  return new ChartroomError('USAGE', `${host}/${repository} cannot be pushed to: ${problem}`, {
    op: 'plan',
    origin: host,
    hint:
      above === undefined ? 'Check the path.' : `Publish to oci://${above}: the chart's name is added to it.`,
  })
}
