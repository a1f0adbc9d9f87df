import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { program } from '../peers/peers.ts'
import type { Home } from '../workspace.ts'
import { ensureBuilt, run, temporaryHome } from '../workspace.ts'
import { chartroom } from './clients.ts'

let home: Home

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
})

afterAll(() => home.remove())

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish', 'powershell'])('has a script for %s', async (shell) => {
    const { code, stdout } = await chartroom(['completion', shell], home)
    expect([code, stdout]).toEqual([0, expect.stringContaining('chartroom')])
  })

  it.skipIf(program('bash') === undefined)('has a script that bash reads', async () => {
    const { stdout } = await chartroom(['completion', 'bash'], home)
    await writeFile(join(home.folder, 'completion'), stdout)
    expect((await run('bash', ['-n', join(home.folder, 'completion')])).code).toBe(0)
  })

  it('offers commands, flags and values', async () => {
    expect((await chartroom(['complete', '--', 'pu'], home)).stdout).toMatch(/push[\s\S]*publish[\s\S]*pull/)
    expect((await chartroom(['complete', '--', 'pull', '--un'], home)).stdout).toContain('--untar')
  })
})
