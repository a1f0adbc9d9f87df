import { openStore } from '@chartroom/store'
import type { Environment } from '../../environment.ts'
import type { Project } from '../../project/project.ts'
import { storeFolder, storeNamespace } from '../../store-folder.ts'
import type { Destination } from '../destination.ts'
import { ociDestination } from './oci.ts'

export interface StoreDestinationOptions {
  readonly environment: Environment
  readonly project: Project | undefined
  readonly storage?: string | undefined
  readonly tags: readonly string[]
  readonly force: boolean
}

/** The store of this machine: what `chartroom serve` serves. */
export async function storeDestination(options: StoreDestinationOptions): Promise<Destination> {
  const folder = storeFolder(options.environment, options)
  const store = await openStore(folder)
  return ociDestination({
    to: folder,
    kind: 'store',
    prefix: storeNamespace,
    repository: (name) => store.repository(`${storeNamespace}/${name}`),
    tags: options.tags,
    force: options.force,
  })
}
