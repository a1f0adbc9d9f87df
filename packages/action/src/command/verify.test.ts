import { join } from 'node:path'
import { pushChart, startRegistry } from '@chartroom/testkit'
import { startVendors } from '@chartroom/testkit/vendors'
import { packFolder } from '@chartroom/verbs'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { Workspace } from '../../test/workspace.ts'

async function published() {
  const workspace = new Workspace()
  const { host, url } = await startRegistry()
  workspace.chart('app', '1.0.0')
  const { outputs } = await workspace.step({ charts: 'app', destinations: `oci://${host}/charts` })
  const { digest = '', reference = '', results = '' } = outputs
  return { workspace, host, url, digest, reference, archive: /"digest":"([^"]+)"/.exec(results)?.[1] ?? '' }
}

describe('verify', () => {
  it('pulls without a login what was published, and compares', async () => {
    const { workspace, digest, reference, archive } = await published()
    for (const expected of [digest, archive, '']) {
      const step = await workspace.step({ command: 'verify', reference, digest: expected })
      expect(step.log).not.toContain('::error')
      expect(step).toMatchObject({ code: 0, outputs: { digest, reference, changed: 'false' } })
      expect(JSON.parse(step.outputs['results'] ?? '')).toMatchObject({
        name: 'app',
        digest: archive,
        verified: true,
      })
    }
  })

  it('ends with 6 for another digest', async () => {
    const { workspace, reference } = await published()
    const step = await workspace.step({ command: 'verify', reference, digest: `sha256:${'0'.repeat(64)}` })
    expect(step.code).toBe(6)
    expect(step.outputs['results']).toContain('"verified":false')
    expect(step.summary).toContain('It is another one')
  })

  it('ends with 4 for what never comes, after it has waited', async () => {
    const { workspace, host } = await published()
    const step = await workspace.step({ command: 'verify', reference: `oci://${host}/charts/app:9.9.9` })
    expect(step.code).toBe(4)
    expect(step.waits).toEqual([1000, 2000, 4000, 8000, 16_000])
  })

  it('waits for what comes late', async () => {
    const { workspace, host, url } = await published()
    const folder = join(workspace.folder, workspace.chart('tiny', '1.0.0'))
    const { archive } = await packFolder(folder, {
      env: workspace.env,
      cwd: workspace.folder,
      platform: 'linux',
    })
    let pushed: Promise<unknown> | undefined
    const step = await workspace.step(
      { command: 'verify', reference: `oci://${host}/charts/tiny:1.0.0` },
      {},
      async () => {
        pushed ??= pushChart(url, { name: 'charts/tiny', version: '1.0.0', archive })
        await pushed
      },
    )
    expect(step).toMatchObject({ code: 0, waits: [1000] })
  })

  it('ends with 3 for a private package, and says where it is made public', async () => {
    const vendors = await startVendors()
    onTestFinished(() => vendors.close())
    const workspace = new Workspace()
    // What finds the proxy reads the process's own.
    for (const [name, value] of Object.entries(vendors.env)) vi.stubEnv(name, value)
    onTestFinished(() => void vi.unstubAllEnvs())
    Object.assign(workspace.env, vendors.env, { GITHUB_ACTOR: 'myuser', GITHUB_REPOSITORY: 'myuser/app' })
    workspace.chart('app', '1.0.0')
    const token = vendors.ghcr.writer.password
    const to = 'oci://ghcr.io/myuser/charts'
    const first = await workspace.step({ charts: 'app', destinations: to, token })
    expect(first.log).toMatch(/^::notice::oci:\/\/ghcr\.io\/myuser\/charts\/app:1\.0\.0 is private/m)
    expect(first.code).toBe(0)
    // With the token at hand, it asks as one who has none.
    const inputs = {
      command: 'verify',
      reference: `${to}/app:1.0.0`,
      digest: first.outputs['digest'] ?? '',
      token,
    }
    const hidden = await workspace.step(inputs)
    expect(hidden.code).toBe(3)
    expect(hidden.log).toContain(
      'https://github.com/users/myuser/packages/container/charts%2Fapp/settings'.replaceAll('%', '%25'),
    )
    vendors.ghcr.setVisibility('myuser/charts/app', 'public')
    expect(await workspace.step(inputs)).toMatchObject({
      code: 0,
      outputs: { digest: first.outputs['digest'] },
    })
  })

  it.each([
    [{ reference: '' }, 'verify needs a reference'],
    [{ reference: 'oci://host/charts/app' }, 'names no version'],
    [{ reference: 'oci://host/charts/app:1', digest: 'abc' }, 'the input digest is not a digest: abc'],
    [{ reference: '$(id)' }, 'is not a reference'],
  ])('refuses %j', async (inputs, message) => {
    const step = await new Workspace().step({ command: 'verify', ...inputs })
    expect(step.code).toBe(2)
    expect(step.log).toContain(message)
  })
})
