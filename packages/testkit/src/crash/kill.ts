import { setTimeout as delay } from 'node:timers/promises'
import type { Ledger } from './ledger.ts'
import type { ServerProcess } from './program.ts'
import { spawnServer } from './program.ts'
import { runJob } from './workload.ts'

export interface KillOptions {
  /** From `bundleServer`. */
  readonly program: string
  readonly dir: string
  readonly ledger: Ledger
  readonly rounds: number
  readonly seed: number
}

/** Starts a server, keeps it busy and kills it at a random moment, again and again, on one store. */
export async function killAtRandom({ program, dir, ledger, rounds, seed }: KillOptions): Promise<void> {
  const random = randomFrom(seed)
  for (let round = 0; round < rounds; round += 1) {
    const server = await spawnServer({ program, dir })
    const killed = delay(random() * 350).then(() => server.kill())
    await workUntilKilled(server, ledger, `${round}`)
    await killed
  }
}

/** Three clients work until the server is gone. */
export async function workUntilKilled({ url }: ServerProcess, ledger: Ledger, seed: string): Promise<void> {
  async function work(worker: number): Promise<void> {
    for (let at = 0; ; at += 1) {
      const job = { url, ledger, repository: `charts/c${worker}`, seed: `${seed}-${worker}-${at}` }
      const ended = await runJob(job).then(
        () => true,
        () => false,
      )
      if (!ended) return
    }
  }
  await Promise.all([0, 1, 2].map(work))
}

/** Mulberry32: the same numbers from 0 to 1 for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
