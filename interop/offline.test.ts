import { spawnSync } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChartsOutput } from './clients/clients.ts'
import { sha256Of } from './clients/clients.ts'
import { needPeer } from './peers/peers.ts'
import type { Ended, Home } from './workspace.ts'
import { ensureBuilt, program, run, temporaryHome, workspace } from './workspace.ts'

/** Runs a program where there is no network at all, not even loopback. */
const withoutNetwork = ['unshare', '--map-root-user', '--net'] as const
const [unshare, ...flags] = withoutNetwork
const possible = spawnSync(unshare, [...flags, 'true']).status === 0

let home: Home

function offline(...command: string[]): Promise<Ended> {
  return run(unshare, [...flags, ...command], { cwd: home.folder, env: home.env })
}

async function chartroom(...args: string[]): Promise<Ended> {
  const ended = await offline(process.execPath, program, ...args)
  expect(ended.code, ended.stderr).toBe(0)
  return ended
}

describe.skipIf(!possible)('in a network namespace without any network', () => {
  beforeAll(async () => {
    await ensureBuilt()
    home = await temporaryHome()
    await cp(join(workspace, 'deployments', 'helm', 'hypersdk'), join(home.folder, 'hypersdk'), {
      recursive: true,
    })
  })

  afterAll(() => home?.remove())

  it('S51c packages, indexes, publishes, shows and renders the chart', async () => {
    const { stdout } = await chartroom('package', 'hypersdk', '-d', 'packed', '-o', 'json')
    const { charts } = JSON.parse(stdout) as ChartsOutput
    await chartroom('repo', 'index', 'packed')
    await chartroom('publish', 'hypersdk', '--to', 'site')
    await chartroom('publish', 'hypersdk')
    expect(await sha256Of(join(home.folder, 'site', 'hypersdk-0.2.0.tgz'))).toBe(charts[0]?.digest)
    expect((await chartroom('show', 'values', 'packed/hypersdk-0.2.0.tgz')).stdout).toContain('replicaCount')
    const rendered = await offline(needPeer('helm-4.2.4'), 'template', 'x', 'packed/hypersdk-0.2.0.tgz')
    expect(rendered).toMatchObject({ code: 0, stdout: expect.stringContaining('kind: Deployment') })
  })

  it('says that the registry cannot be reached', async () => {
    const ended = await offline(process.execPath, program, 'pull', 'oci://127.0.0.1:5000/charts/app')
    expect([ended.code, ended.stderr]).toEqual([9, expect.stringMatching(/cannot be reached[^]*Hint: /)])
  })
})
