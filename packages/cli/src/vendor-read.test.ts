import { describe, expect, it } from 'vitest'
import { cloudWorkshop } from '../test/cloud-workshop.ts'

const cloud = cloudWorkshop()
const { run } = cloud

const ids = ['ghcr', 'dockerHub', 'ecr', 'acr', 'gar', 'artifactory'] as const
type Id = (typeof ids)[number]

/** Publishes a chart with two versions, and gives its reference without a tag. */
async function published(id: Id, name: string): Promise<string> {
  const vendor = cloud.vendors[id]
  const to = `oci://${vendor.host}/${vendor.namespace}`
  vendor.prepare(`${vendor.namespace}/${name}`)
  for (const version of ['1.0.0', '1.1.0']) {
    const chart = await cloud.workshop.chart(name, version, `version: ${version}\n`)
    const { code, stderr } = await run(vendor.accountEnv, 'publish', chart, '--to', to)
    expect([code, stderr.includes('Error')]).toEqual([0, false])
  }
  cloud.vendors.network.clear()
  return `${to}/${name}`
}

describe('what is read of a registry', () => {
  it('that is public needs no login, and no cloud is asked for one', async () => {
    const { ghcr, network } = cloud.vendors
    const reference = await published('ghcr', 'open')
    ghcr.setVisibility(reference.replace('oci://ghcr.io/', ''), 'public')
    const { ecr, acr, gar } = cloud.vendors
    const env = { ...ecr.accountEnv, ...acr.accountEnv, ...gar.accountEnv }
    expect((await run(env, 'pull', `${reference}:1.0.0`, '-d', 'out')).code).toBe(0)
    const hosts = new Set(network.seen.map(({ host }) => host))
    expect([...hosts].sort()).toEqual(['ghcr.io', 'pkg-containers.githubusercontent.com'])
  })

  it.each(['acr', 'gar'] as const)(
    'of %s that is not public is read with what the cloud gives',
    async (id) => {
      const reference = await published(id, 'closed')
      const { accountEnv } = cloud.vendors[id]
      expect((await run(accountEnv, 'pull', reference, '-d', 'out')).code).toBe(0)
    },
  )

  it.each(['ghcr', 'dockerHub', 'ecr', 'acr', 'gar', 'artifactory'] as const)(
    'of %s is refused to nobody with a hint of its own',
    async (id) => {
      const vendor = cloud.vendors[id]
      const { code, stderr } = await run({}, 'versions', `oci://${vendor.host}/${vendor.elsewhere}/app`)
      expect(code).toBe(3)
      expect(stderr).toContain('(ANONYMOUS_REFUSED)')
      expect(stderr).toMatch(/Hint: (?!Log in: chartroom login)/)
    },
  )

  it('of Docker Hub tells how many pulls are left, once', async () => {
    const reference = await published('dockerHub', 'counted')
    const { stderr } = await run({}, 'pull', reference, '-d', 'out')
    const lines = stderr.split('\n').filter((line) => line.includes('pulls in 6 hours are left'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^registry-1\.docker\.io: \d+ of \d+ pulls/)
  })

  it('that is limited for a moment is waited for', async () => {
    const reference = await published('dockerHub', 'busy')
    cloud.vendors.dockerHub.limitRate({ count: 1, seconds: 1 })
    expect((await run({}, 'pull', `${reference}:1.0.0`, '-d', 'out')).code).toBe(0)
  })

  it('whose limit is reached for longer is an error that says so', async () => {
    const reference = await published('dockerHub', 'full')
    cloud.vendors.dockerHub.limitRate({ count: 20, seconds: 3600 })
    const { code, stderr } = await run({}, 'pull', `${reference}:1.0.0`, '-d', 'out')
    expect(code).toBe(9)
    expect(stderr).toContain('100 pulls in 6 hours')
    cloud.vendors.dockerHub.limitRate({ count: 0 })
  })
})

describe('a delete', () => {
  it.each(ids)(
    'of a tag at %s leaves the others, by the registry or the interface of its vendor',
    async (id) => {
      const vendor = cloud.vendors[id]
      const reference = await published(id, 'gone')
      const { code, stderr } = await run(vendor.accountEnv, 'delete', `${reference}:1.0.0`, '--yes')
      expect([code, stderr.includes('Error')]).toEqual([0, false])
      expect(vendor.ledger.tags(reference.replace(`oci://${vendor.host}/`, ''))).toEqual(['1.1.0'])
    },
  )

  it.each(ids)('of a digest at %s takes its tag along', async (id) => {
    const vendor = cloud.vendors[id]
    const reference = await published(id, 'whole')
    const path = reference.replace(`oci://${vendor.host}/`, '')
    const digest = vendor.ledger.find(path, '1.0.0')?.digest ?? ''
    const { code, stderr } = await run(vendor.accountEnv, 'delete', `${reference}@${digest}`, '--yes')
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('Error')])
    expect(vendor.ledger.tags(path)).toEqual(['1.1.0'])
  })

  it('at Harbor goes by its own interface too', async () => {
    const { harbor } = cloud.vendors
    const { username, password } = harbor.writer
    const login = { CHARTROOM_USERNAME: username, CHARTROOM_PASSWORD: password }
    const to = `oci://${harbor.host}/library`
    for (const version of ['1.0.0', '1.1.0'])
      await run(login, 'publish', await cloud.workshop.chart('gone', version), '--to', to)
    const { code } = await run(login, 'delete', `${to}/gone:1.0.0`, '--yes')
    expect(code).toBe(0)
    expect(harbor.ledger.tags('library/gone')).toEqual(['1.1.0'])
  })

  it('that its vendor refuses too says why', async () => {
    const { acr } = cloud.vendors
    const reference = await published('acr', 'locked')
    acr.lock('charts/locked', '1.0.0', { deleteEnabled: false })
    const { code, stderr } = await run(acr.accountEnv, 'delete', `${reference}:1.0.0`, '--yes')
    expect(code).not.toBe(0)
    expect(stderr).toContain('It is locked')
  })
})

describe('what is printed', () => {
  it('holds no secret of anybody, also with --debug', async () => {
    const { ghcr, ecr } = cloud.vendors
    const secrets = [ghcr.writer.password, ecr.accountEnv['AWS_SECRET_ACCESS_KEY'] ?? '']
    const env = { ...ghcr.accountEnv, ...ecr.accountEnv, CHARTROOM_DEBUG: '1' }
    const chart = await cloud.workshop.chart('quiet', '1.0.0')
    const outputs = [
      await run(env, 'publish', chart, '--to', 'oci://ghcr.io/somebody/charts'),
      await run(env, 'publish', chart, '--to', `oci://${ecr.host}/nowhere`),
      await run(env, 'versions', `oci://${ecr.host}/nowhere/app`),
      await run(env, 'delete', 'oci://ghcr.io/myuser/nothing:1.0.0', '--yes'),
    ]
    expect(outputs.map(({ code }) => code)).not.toContain(0)
    const text = outputs.map(({ stdout, stderr }) => stdout + stderr).join('\n')
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(10)
      expect(text).not.toContain(secret)
      expect(text).not.toContain(Buffer.from(secret).toString('base64').slice(4, -4))
    }
  })
})
