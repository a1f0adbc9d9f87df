import { describe, expect, it } from 'vitest'
import { parse } from 'valibot'
import { cloudWorkshop } from '../test/cloud-workshop.ts'
import { publishedCharts } from './shape/chart.ts'

const cloud = cloudWorkshop()
const { run } = cloud

async function chart(name: string, version = '1.0.0', extra = ''): Promise<string> {
  const path = await cloud.workshop.chart(name, version)
  if (extra !== '')
    await cloud.workshop.write(
      `${name}/Chart.yaml`,
      `apiVersion: v2\nname: ${name}\nversion: ${version}\n${extra}`,
    )
  return path
}

/** Lines of requests for logins and tokens. */
function logins(): string[] {
  return cloud.vendors.network.lines().filter((line) => /token|api\.ecr|oauth2|sts\./.test(line))
}

describe('a path that a registry never takes', () => {
  it.each([
    ['oci://docker.io/myuser/charts', 'oci://registry-1.docker.io/myuser'],
    ['oci://docker.io', 'oci://registry-1.docker.io/NAMESPACE'],
    ['oci://us-docker.pkg.dev/myproject', 'oci://us-docker.pkg.dev/myproject/REPOSITORY'],
    ['oci://ghcr.io/MyUser/charts', 'lower case: myuser/charts/app'],
    ['oci://public.ecr.aws', 'oci://public.ecr.aws/ALIAS'],
  ])('%s is refused before anything is sent, and %s offered', async (to, offered) => {
    const { code, stderr } = await run({}, 'publish', await chart('app'), '--to', to)
    expect(code).toBe(2)
    expect(stderr).toContain(offered)
    expect(cloud.vendors.network.lines()).toEqual([])
  })

  it('of a registry that only its answers tell explains what they were', async () => {
    const { admin, host } = cloud.vendors.harbor
    const login = { CHARTROOM_USERNAME: admin.username, CHARTROOM_PASSWORD: admin.password }
    const { code, stderr } = await run(login, 'publish', await chart('app'), '--to', `oci://${host}/`)
    expect(code).toBe(2)
    expect(stderr).toContain('oci://harbor.example.com/PROJECT')
    expect(cloud.vendors.harbor.ledger.repositories()).toEqual([])
  })
})

describe('a repository that has to be there first', () => {
  it('is said to be missing, with the flag that makes it', async () => {
    const { ecr } = cloud.vendors
    const to = `oci://${ecr.host}/unmade`
    const { code, stderr } = await run(ecr.accountEnv, 'publish', await chart('app'), '--to', to)
    expect(code).toBe(4)
    expect(stderr).toContain('--create-repository')
    expect(stderr).toContain('aws ecr create-repository --repository-name unmade/app --region us-east-1')
    expect(stderr).toContain('an AWS account has 12 digits, 123456789 has 9')
  })

  it('is made when asked, with what is wished of it', async () => {
    const { ecr } = cloud.vendors
    const { code } = await run(
      ecr.accountEnv,
      ...['publish', await chart('app'), '--to', `oci://${ecr.host}/made`],
      ...['--create-repository', '--immutable-tags', '--scan-on-push'],
    )
    expect(code).toBe(0)
    expect(ecr.repository('made/app')).toMatchObject({ tagMutability: 'IMMUTABLE', scanOnPush: true })
  })

  it('is made for push too', async () => {
    const { ecr } = cloud.vendors
    await run({}, 'package', await chart('pushed'), '-d', 'dist')
    const to = `oci://${ecr.host}/bypush`
    const { code } = await run(ecr.accountEnv, 'push', 'dist/pushed-1.0.0.tgz', to, '--create-repository')
    expect(code).toBe(0)
    expect(ecr.repository('bypush/pushed')).toBeDefined()
  })

  it('is not made by a plan', async () => {
    const { ecr } = cloud.vendors
    const to = `oci://${ecr.host}/planned`
    const argv = ['publish', await chart('app'), '--to', to, '--create-repository', '--plan']
    expect((await run(ecr.accountEnv, ...argv)).code).toBe(0)
    expect(ecr.repository('planned/app')).toBeUndefined()
  })

  it('wants --create-repository for what is wished of it', async () => {
    const { code, stderr } = await run({}, 'publish', await chart('app'), '--to', 'x', '--immutable-tags')
    expect(code).toBe(2)
    expect(stderr).toContain('Pass --create-repository')
  })

  it.each([
    ['harbor', 'mirror', 'mirrors another registry'],
    ['artifactory', 'mirror', 'mirrors another registry'],
    ['artifactory', 'classic', 'of kind helm'],
  ] as const)('of %s named %s takes no charts, and nothing is uploaded', async (id, path, why) => {
    const vendor = cloud.vendors[id]
    const { username, password } = vendor.admin
    const login = { CHARTROOM_USERNAME: username, CHARTROOM_PASSWORD: password }
    const to = `oci://${vendor.host}/${path}`
    const { code, stderr } = await run(login, 'publish', await chart('app'), '--to', to)
    expect(code).toBe(1)
    expect(stderr).toContain(why)
    expect(cloud.vendors.network.lines().filter((line) => /^(POST|PUT|PATCH)/.test(line))).toEqual([])
  })
})

describe('a chart at GitHub', () => {
  const workflow = (): Record<string, string> => ({
    ...cloud.vendors.ghcr.accountEnv,
    GITHUB_REPOSITORY: 'myuser/app',
  })

  it('is linked to the repository of the workflow where it names none itself', async () => {
    const { ghcr } = cloud.vendors
    const to = 'oci://ghcr.io/myuser/linked'
    await run(workflow(), 'publish', await chart('plain'), '--to', to)
    await run(
      workflow(),
      'publish',
      await chart('named', '1.0.0', 'sources: [https://example.com/x]\n'),
      '--to',
      to,
    )
    expect(ghcr.linkOf('myuser/linked/plain')).toBe('myuser/app')
    expect(ghcr.linkOf('myuser/linked/named')).not.toBe('myuser/app')
  })

  it('is unchanged when it is published again from elsewhere', async () => {
    const to = 'oci://ghcr.io/myuser/again'
    await run(workflow(), 'publish', await chart('plain'), '--to', to)
    const { code, stdout } = await run(
      cloud.vendors.ghcr.accountEnv,
      'publish',
      await chart('plain'),
      '--to',
      to,
    )
    expect([code, stdout.includes('unchanged')]).toEqual([0, true])
  })

  it('is said to be private, with the page that changes it, in words and in JSON', async () => {
    const { ghcr } = cloud.vendors
    const to = 'oci://ghcr.io/myuser/shown'
    const first = await run(ghcr.accountEnv, 'publish', await chart('app'), '--to', to)
    expect(first.stderr).toContain(
      'oci://ghcr.io/myuser/shown/app:1.0.0 is private: readers need a login; an owner changes that at https://github.com/users/myuser/packages/container/shown%2Fapp/settings',
    )
    ghcr.setVisibility('myuser/shown/app', 'public')
    const argv = ['publish', await chart('app', '1.1.0'), '--to', to, '-o', 'json']
    const second = await run(ghcr.accountEnv, ...argv)
    const [published] = parse(publishedCharts, JSON.parse(second.stdout)).charts
    expect(published?.destinations[0]).toMatchObject({ visibility: 'public' })
    expect(second.stderr).toContain('is public: no login is needed to read')
  })
})

describe('a run of many charts', () => {
  it('asks a cloud for one password', async () => {
    const { ecr } = cloud.vendors
    const charts = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        ecr.createRepository(`many/few${index}`)
        return chart(`few${index}`)
      }),
    )
    const to = `oci://${ecr.host}/many`
    const argv = ['publish', ...charts, '--to', to, '--skip-lint', '--skip-test']
    expect((await run(ecr.accountEnv, ...argv)).code).toBe(0)
    expect(logins()).toEqual(['POST api.ecr.us-east-1.amazonaws.com/'])
  })

  it('to two places of one registry asks for one password too', async () => {
    const { ecr } = cloud.vendors
    ecr.createRepository('one/app')
    ecr.createRepository('two/app')
    const to = ['one', 'two'].flatMap((path) => ['--to', `oci://${ecr.host}/${path}`])
    expect((await run(ecr.accountEnv, 'publish', await chart('app'), ...to)).code).toBe(0)
    expect(logins()).toHaveLength(1)
  })
})

describe('a login that ends within a run', () => {
  it.each(['ghcr', 'dockerHub', 'acr', 'gar', 'ecr'] as const)('of %s is renewed', async (id) => {
    const vendor = cloud.vendors[id]
    vendor.prepare(`${vendor.namespace}/expiring`)
    vendor.expireTokensAt(({ method, url }) => method === 'PUT' && url.pathname.includes('/manifests/1.0.0'))
    const to = `oci://${vendor.host}/${vendor.namespace}`
    const { code, stderr } = await run(vendor.accountEnv, 'publish', await chart('expiring'), '--to', to)
    expect([code, stderr.includes('Error')]).toEqual([0, false])
    if (id === 'ecr') expect(logins()).toHaveLength(2)
  })

  it('of ECR that was given by hand is not replaced where a right is lacking', async () => {
    const { ecr } = cloud.vendors
    ecr.createRepository('refused/app')
    const { code, stderr } = await run(
      { ...ecr.accountEnv, CHARTROOM_USERNAME: 'AWS', CHARTROOM_PASSWORD: ecr.password('reader') },
      ...['publish', await chart('app'), '--to', `oci://${ecr.host}/refused`],
    )
    expect(code).toBe(3)
    expect(stderr).toContain('ecr:InitiateLayerUpload')
    expect(logins()).toEqual([])
  })
})
