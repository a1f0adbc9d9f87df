import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, removeSteps, writeKinds, writeSteps } from '@chartroom/store'
import type { Ledger, ServerProcess } from '@chartroom/testkit'
import {
  bundleServer,
  defectsOf,
  emptyLedger,
  killAtRandom,
  runJob,
  send,
  sha256,
  spawnServer,
  temporaryFiles,
  temporaryFolder,
  workUntilKilled,
} from '@chartroom/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer } from './server.ts'

const memberSteps = writeSteps.filter((step) => /write|folder/.test(step))
const failpoints = [
  ...writeKinds
    .filter((kind) => kind !== 'member')
    .flatMap((kind) => writeSteps.map((step) => `${kind}:${step}`)),
  ...memberSteps.map((step) => `member:${step}`),
  ...removeSteps.map((step) => `remove:${step}`),
  'response:before',
  'response:after',
]

let programs = ''
let program = ''
beforeAll(async () => {
  programs = mkdtempSync(join(tmpdir(), 'chartroom-crash-'))
  program = await bundleServer(programs)
})
afterAll(() => rmSync(programs, { recursive: true, force: true }))

describe('a server that is killed', () => {
  it.concurrent.each(failpoints)(
    'at %s keeps all it acknowledged and leaves nothing half done',
    async (failpoint) => {
      const dir = mkdtempSync(join(programs, 'store-'))
      const ledger = emptyLedger()
      // A first job ends well, so that there is something to lose; the second passes the failpoint again.
      await runHere(dir, ledger, 'first')
      const server = await spawnServer({ program, dir, failpoint })
      await expect(
        runJob({ url: server.url, ledger, repository: 'charts/a', seed: 'second' }),
      ).rejects.toThrow()
      await server.gone
      expect(await defectsOf(dir, ledger)).toEqual([])
      await runHere(dir, ledger, 'second')
      expect(await defectsOf(dir, ledger)).toEqual([])
    },
  )

  it('at any moment keeps all it acknowledged, 20 times', async () => {
    const dir = temporaryFolder()
    const ledger = emptyLedger()
    await killAtRandom({ program, dir, ledger, rounds: 20, seed: 20_261_124 })
    expect(await defectsOf(dir, ledger)).toEqual([])
    expect(ledger.charts.size).toBeGreaterThan(0)
  })
})

describe('two servers on one store', () => {
  it('lose nothing of each other, also while one is killed and another comes', async () => {
    const dir = temporaryFolder()
    const ledger = emptyLedger()
    const [one, two] = await Promise.all([spawnServer({ program, dir }), spawnServer({ program, dir })])
    const work = (server: ServerProcess, seed: string): Promise<void> =>
      runJob({ url: server.url, ledger, repository: 'charts/shared', seed })
    await Promise.all([1, 2, 3, 4].flatMap((at) => [work(one, `one-${at}`), work(two, `two-${at}`)]))
    const busy = workUntilKilled(one, ledger, 'cut')
    const still = [5, 6, 7].map((at) => work(two, `two-${at}`))
    await one.kill()
    const three = await spawnServer({ program, dir })
    await Promise.all([busy, ...still, work(three, 'three')])
    const tags = (await send(two.url, 'GET /v2/charts/shared/tags/list')).json()
    expect((await send(three.url, 'GET /v2/charts/shared/tags/list')).json()).toEqual(tags)
    await Promise.all([two.kill(), three.kill()])
    expect(await defectsOf(dir, ledger)).toEqual([])
  })
})

describe.skipIf(process.platform === 'win32')('a full disk', () => {
  it('is said with 507, harms nothing that is there, and ends with the space', async () => {
    const dir = temporaryFolder()
    const ledger = emptyLedger()
    const server = await spawnServer({ program, dir, fileBlocks: 512 })
    const large = Buffer.alloc(1024 * 1024, 'x')
    const path = `/v2/charts/a/blobs/uploads/?digest=${sha256(large)}`
    const refused = await send(server.url, `POST ${path}`, { body: large })
    expect(refused.status).toBe(507)
    expect(temporaryFiles(dir)).toEqual([])
    await runJob({ url: server.url, ledger, repository: 'charts/a', seed: 'small' })
    await server.kill()
    expect(await defectsOf(dir, ledger)).toEqual([])
    const roomy = await spawnServer({ program, dir })
    expect((await send(roomy.url, `POST ${path}`, { body: large })).status).toBe(201)
    await roomy.kill()
  })
})

async function runHere(dir: string, ledger: Ledger, seed: string): Promise<void> {
  const store = await openStore(dir)
  const server = await startServer({ store, addr: '127.0.0.1:0' })
  await runJob({ url: server.url, ledger, repository: 'charts/a', seed })
  await server.close()
  await store.close()
}
