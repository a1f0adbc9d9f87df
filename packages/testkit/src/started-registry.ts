import type { ServerOptions } from '@chartroom/registry'
import { startServer } from '@chartroom/registry'
import type { Store, StoreOptions } from '@chartroom/store'
import { openStore } from '@chartroom/store'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './temporary-folder.ts'

export interface StartedRegistry {
  readonly url: string
  /** `127.0.0.1:PORT`. */
  readonly host: string
  readonly store: Store
  readonly dir: string
}

/** Our registry on a free loopback port over a new store, both gone when the test is. */
export async function startRegistry(
  options: Partial<ServerOptions> & { storeOptions?: StoreOptions; dir?: string } = {},
): Promise<StartedRegistry> {
  const { storeOptions, dir = temporaryFolder(), ...rest } = options
  const store = await openStore(dir, storeOptions)
  const server = await startServer({ store, addr: '127.0.0.1:0', ...rest })
  onTestFinished(async () => {
    await server.close(0)
    await store.close()
  })
  return { url: server.url, host: server.host, store, dir }
}
