import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cloudWorkshop, newHome } from '../test/cloud-workshop.ts'

const cloud = cloudWorkshop()
const { run } = cloud

interface DockerConfig {
  readonly auths: Readonly<Record<string, { readonly auth: string }>>
}

/** User and password that helm's file keeps for a host. */
function kept(home: string, host: string): [user: string, password: string] {
  const path = join(home, '.config', 'helm', 'registry', 'config.json')
  const { auths } = JSON.parse(readFileSync(path, 'utf8')) as DockerConfig
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const [user = '', ...rest] = Buffer.from(auths[host]?.auth ?? '', 'base64')
    .toString()
    .split(':')
  return [user, rest.join(':')]
}

/** A home in which the login is kept, as helm or docker leave it. */
function homeWith(host: string, user: string, password: string): string {
  const home = newHome()
  mkdirSync(join(home, '.docker'))
  const auth = Buffer.from(`${user}:${password}`).toString('base64')
  writeFileSync(join(home, '.docker', 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }))
  return home
}

describe('a login to a host alone', () => {
  it.each([
    ['ghcr', 'myuser', 'GITHUB_TOKEN'],
    ['dockerHub', 'myuser', 'DOCKERHUB_USERNAME'],
    ['ecr', 'AWS', "AWS's credentials"],
    ['acr', '00000000-0000-0000-0000-000000000000', "Azure's login"],
    ['gar', 'oauth2accesstoken', "Google's default credentials"],
    ['artifactory', 'deployer', 'JF_ACCESS_TOKEN'],
  ] as const)('to %s is that of %s, from %s, and is kept for helm', async (id, user, source) => {
    const vendor = cloud.vendors[id]
    const { code, stdout, stderr, home } = await run(vendor.accountEnv, 'login', vendor.host)
    expect([code, stdout]).toEqual([0, 'Login Succeeded\n'])
    expect(stderr).toContain(`It is that of ${user}, from ${source}`)
    const key = id === 'dockerHub' ? 'https://index.docker.io/v1/' : vendor.host
    const [name, password] = kept(home, key)
    expect(name).toBe(user)
    expect(password.length).toBeGreaterThan(10)
    expect(stdout + stderr).not.toContain(password)
  })

  it.each(['ecr', 'gar'] as const)('to %s takes three requests at most, from nothing', async (id) => {
    const vendor = cloud.vendors[id]
    expect((await run(vendor.accountEnv, 'login', vendor.host)).code).toBe(0)
    expect(cloud.vendors.network.lines().length).toBeLessThanOrEqual(3)
  })

  it('to ECR by a web identity takes three too', async () => {
    const { ecr } = cloud.vendors
    const home = newHome()
    writeFileSync(join(home, 'token'), ecr.webIdentityToken)
    const env = { HOME: home, AWS_ROLE_ARN: ecr.roleArn, AWS_WEB_IDENTITY_TOKEN_FILE: join(home, 'token') }
    const { code, stderr } = await run(env, 'login', ecr.host)
    expect(code).toBe(0)
    expect(stderr).toMatch(/It ends at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/)
    expect(cloud.vendors.network.lines()).toEqual([
      'POST sts.us-east-1.amazonaws.com/',
      'POST api.ecr.us-east-1.amazonaws.com/',
      `GET ${ecr.host}/v2/`,
    ])
  })

  it('that nothing gives says what was looked for', async () => {
    const { code, stderr } = await run({}, 'login', cloud.vendors.ecr.host)
    expect(code).toBe(2)
    expect(stderr).toContain('--password-stdin')
    expect(stderr).toContain("AWS's own chain")
  })

  it('to a registry of nobody known asks for a name as before, and sends nothing', async () => {
    const { code, stderr } = await run({}, 'login', 'registry.example.com')
    expect([code, stderr.includes('--username is missing')]).toEqual([2, true])
    expect(cloud.vendors.network.lines()).toEqual([])
    expect(cloud.vendors.network.unknownHosts).toEqual([])
  })

  it('says what a cloud makes of keys that it does not know', async () => {
    const { ecr } = cloud.vendors
    const env = { ...ecr.accountEnv, AWS_SECRET_ACCESS_KEY: 'planted-secret' }
    const { code, stdout, stderr } = await run(env, 'login', ecr.host)
    expect(code).toBe(3)
    expect(stdout + stderr).not.toContain('planted-secret')
  })
})

describe('a name of Docker Hub', () => {
  it.each(['docker.io', 'index.docker.io', 'registry-1.docker.io'])('%s is one on the wire', async (name) => {
    const { dockerHub, network } = cloud.vendors
    const env = { CHARTROOM_PASSWORD: dockerHub.writer.password }
    const { code, home } = await run(env, 'login', name, '--username', dockerHub.writer.username)
    expect(code).toBe(0)
    expect(kept(home, 'https://index.docker.io/v1/')[0]).toBe(dockerHub.writer.username)
    const chart = await cloud.workshop.chart('hubbed', '1.0.0')
    expect((await run({ HOME: home }, 'publish', chart, '--to', `oci://${name}/myuser`)).code).toBe(0)
    const hosts = new Set(network.seen.map(({ host }) => host))
    expect([...hosts].sort()).toEqual(['auth.docker.io', 'registry-1.docker.io'])
  })
})

describe('a kept password of ECR that has ended', () => {
  it('makes way for one of the AWS account, with a word', async () => {
    const { ecr } = cloud.vendors
    ecr.createRepository('kept/app')
    const home = homeWith(ecr.host, 'AWS', ecr.password())
    ecr.expireTokens()
    const chart = await cloud.workshop.chart('app', '1.0.0')
    const to = `oci://${ecr.host}/kept`
    const { code, stderr } = await run({ ...ecr.accountEnv, HOME: home }, 'publish', chart, '--to', to)
    expect(code).toBe(0)
    expect(stderr).toContain('refused the login from')
    expect(stderr).toContain("AWS's credentials gave another one")
    expect(stderr.match(/refused the login/g)).toHaveLength(1)
  })

  it('is an error that says what to do where there is no account', async () => {
    const { ecr } = cloud.vendors
    const home = homeWith(ecr.host, 'AWS', ecr.password())
    ecr.expireTokens()
    const { code, stderr } = await run({ HOME: home }, 'versions', `oci://${ecr.host}/kept/app`)
    expect(code).toBe(3)
    expect(stderr).toContain('12 hours')
  })
})

describe('a kept login', () => {
  it('comes before what a cloud gives', async () => {
    const { gar, network } = cloud.vendors
    const home = homeWith(gar.host, 'oauth2accesstoken', gar.accessToken('reader'))
    const chart = await cloud.workshop.chart('app', '1.0.0')
    const to = `oci://${gar.host}/${gar.namespace}`
    const { code, stderr } = await run({ ...gar.accountEnv, HOME: home }, 'publish', chart, '--to', to)
    expect(code).toBe(3)
    expect(stderr).toContain('Artifact Registry Writer')
    expect(network.lines('oauth2.googleapis.com')).toEqual([])
  })

  it('of each of two robots is used for its own project of one Harbor, in one run', async () => {
    const { harbor } = cloud.vendors
    const home = newHome()
    const file = join(home, 'auth.json')
    const auths = Object.fromEntries(
      [harbor.robot, harbor.otherRobot].map(({ username, password }) => [
        `${harbor.host}/${/\$(.*)\+/.exec(username)?.[1] ?? ''}`,
        { auth: Buffer.from(`${username}:${password}`).toString('base64') },
      ]),
    )
    writeFileSync(file, JSON.stringify({ auths }))
    const chart = await cloud.workshop.chart('robotic', '1.0.0')
    const to = ['library', 'other'].flatMap((project) => ['--to', `oci://${harbor.host}/${project}`])
    const { code } = await run({ HOME: home, REGISTRY_AUTH_FILE: file }, 'publish', chart, ...to)
    expect(code).toBe(0)
    expect(harbor.ledger.repositories()).toEqual(expect.arrayContaining(['library/robotic', 'other/robotic']))
  })
})
