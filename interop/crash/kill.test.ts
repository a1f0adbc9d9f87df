import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleServer, defectsOf, emptyLedger, killAtRandom } from '@chartroom/testkit'
import { expect, it } from 'vitest'

const rounds = 200
// A run that finds something says with which seed; CHARTROOM_CRASH_SEED repeats it.
const seed = Number(process.env['CHARTROOM_CRASH_SEED'] ?? Date.now() % 1_000_000)

it(`a server killed ${rounds} times at random keeps all it acknowledged (seed ${seed})`, {
  timeout: 600_000,
}, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'chartroom-crash-'))
  try {
    const program = await bundleServer(dir)
    const ledger = emptyLedger()
    const store = join(dir, 'store')
    await killAtRandom({ program, dir: store, ledger, rounds, seed })
    expect(await defectsOf(store, ledger)).toEqual([])
    expect(ledger.charts.size).toBeGreaterThan(rounds / 2)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
