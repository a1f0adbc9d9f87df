import type { TokenServer } from '@chartroom/testkit'
import { startTokenServer } from '@chartroom/testkit'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ensureBuilt, writeChart } from '../workspace.ts'
import { distribution, good, openSite } from './site.ts'

beforeAll(ensureBuilt)

const all = ['pull', 'push', 'delete']

async function tokens(): Promise<TokenServer> {
  const server = await startTokenServer({
    users: {
      writer: { password: 'writes-well', rights: { '*': all } },
      reader: { password: 'reads-well', rights: { '*': ['pull'] } },
    },
    anonymous: { 'open/app': ['pull'] },
  })
  onTestFinished(() => server.close())
  return server
}

const as = (name: string, password: string): { env: Record<string, string> } => ({
  env: { CHARTROOM_USERNAME: name, CHARTROOM_PASSWORD: password },
})
const writer = as('writer', 'writes-well')
const reader = as('reader', 'reads-well')

describe('distribution with token authentication', () => {
  it('S29b takes a login, a publish, a pull, a deletion', async () => {
    const { host } = await distribution({ token: await tokens() })
    const site = await openSite()
    good(
      await site.chartroom(['login', host, '--username', 'writer', '--password-stdin'], {
        input: 'writes-well',
      }),
    )
    good(await site.chartroom(['publish', 'app', '--to', `oci://${host}/team`]))
    expect(good(await site.chartroom(['versions', `oci://${host}/team/app`]))).toContain('1.0.0')
    good(await site.chartroom(['pull', `oci://${host}/team/app`, '-d', 'pulled']))
    good(await site.chartroom(['delete', `oci://${host}/team/app:1.0.0`, '--yes']))
    expect((await site.chartroom(['pull', `oci://${host}/team/app:1.0.0`])).code).toBe(4)
  })

  it('S47 refuses a wrong password, a reader that pushes and a caller without a login, each in its own way', async () => {
    const { host } = await distribution({ token: await tokens() })
    const site = await openSite()
    good(await site.chartroom(['publish', 'app', '--to', `oci://${host}/team`], writer))
    good(await site.chartroom(['pull', `oci://${host}/team/app`, '-d', 'pulled'], reader))
    const wrong = await site.chartroom(['versions', `oci://${host}/team/app`], as('writer', 'wrong'))
    const lacking = await site.chartroom(['publish', 'app', '--to', `oci://${host}/other`], reader)
    const nobody = await site.chartroom(['versions', `oci://${host}/team/app`])
    expect([wrong.code, lacking.code, nobody.code]).toEqual([3, 3, 3])
    expect(wrong.stderr).toMatch(/\(UNAUTHENTICATED\)/)
    expect(lacking.stderr + lacking.stdout).toMatch(/FORBIDDEN/)
    expect(nobody.stderr).toMatch(/\(ANONYMOUS_REFUSED\)/)
  })

  it('lets anybody read what its token service opens', async () => {
    const { host } = await distribution({ token: await tokens() })
    const site = await openSite()
    good(await site.chartroom(['publish', 'app', '--to', `oci://${host}/open`], writer))
    good(await site.chartroom(['pull', `oci://${host}/open/app`, '-d', 'pulled']))
  })

  it('asks for each token once, also for a hundred charts', async () => {
    const service = await tokens()
    const { host } = await distribution({ token: service })
    const site = await openSite()
    const charts = Array.from({ length: 100 }, (_, index) => `chart-${index}`)
    for (const name of charts) await writeChart(`${site.folder}/${name}`, { name, version: '1.0.0' })
    good(await site.chartroom(['publish', ...charts, '--to', `oci://${host}/many`], writer))
    const asked = service.asked.filter(({ user }) => user !== undefined).map(({ scopes }) => scopes.join(' '))
    expect(asked.filter((scope, index) => asked.indexOf(scope) !== index)).toEqual([])
    // One for each repository, and what the look at who may read them without a login takes.
    expect(asked.filter((scope) => /push/.test(scope))).toHaveLength(100)
  })

  it('is explained by doctor: scope, who may read', async () => {
    const { host } = await distribution({ token: await tokens() })
    const site = await openSite()
    for (const path of ['open', 'team'])
      good(await site.chartroom(['publish', 'app', '--to', `oci://${host}/${path}`], writer))
    const healthy = good(await site.chartroom(['doctor', `oci://${host}/open/app:1.0.0`], writer))
    expect(healthy).toMatch(/ok {7}challenge {7}tokens, from 127\.0\.0\.1:\d+ for the service registry\.test/)
    expect(healthy).toMatch(/ok {7}scope {11}the token allows: pull, push/)
    expect(healthy).toMatch(/ok {7}anonymous {7}anybody can read it/)
    const only = good(await site.chartroom(['doctor', `oci://${host}/team/app:1.0.0`], reader))
    expect(only).toMatch(/ok {7}scope {11}the token allows: pull\n.*not given/)
    expect(only).toMatch(/ok {7}anonymous {7}nobody can read it without a login/)
    const nobody = await site.chartroom(['doctor', `oci://${host}/team/app:1.0.0`])
    expect(nobody.code).toBe(3)
    expect(nobody.stdout).toContain('is forbidden or absent')
    expect((await site.chartroom(['doctor', `oci://${host}/team/nothing`], reader)).code).toBe(4)
  })
})
