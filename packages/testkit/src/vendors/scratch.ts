import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A new folder for what need not outlive this process: in memory where the system has such a place, because stores
 * and caches wait for the disk at each write.
 */
export function scratchFolder(): Promise<string> {
  const memory = '/dev/shm'
  return mkdtemp(join(existsSync(memory) ? memory : tmpdir(), 'chartroom-vendors-'))
}
