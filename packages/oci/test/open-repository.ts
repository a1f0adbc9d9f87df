import { onTestFinished } from 'vitest'
import type { RemoteRepository } from '../src/index.ts'
import { createTransport, openRegistry } from '../src/index.ts'

/** `a/b` at a host, without login, tried at most twice and without waiting; its connections end with the test. */
export function openRepository(host: string, name = 'a/b'): RemoteRepository {
  const transport = createTransport({ retry: { attempts: 2, delay: 1 }, idleTimeout: 2000 })
  onTestFinished(() => transport.close())
  return openRegistry({ host, transport }).repository(name)
}
