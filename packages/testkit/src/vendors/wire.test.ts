import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Got } from './ask.ts'
import { ask } from './ask.ts'
import type { Vendor, Vendors } from './index.ts'
import { startVendors } from './index.ts'

let vendors: Vendors

beforeAll(async () => {
  vendors = await startVendors()
})

afterAll(() => vendors.close())

function get(address: string, headers: Record<string, string> = {}): Promise<Got> {
  return ask(vendors, `GET ${address}`, { headers })
}

function post(address: string, form: Readonly<Record<string, string>>): Promise<Got> {
  return ask(vendors, `POST ${address}`, { body: new URLSearchParams(form).toString() })
}

function basic({ username, password }: Vendor['writer']): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }
}

const digest = `sha256:${'0'.repeat(64)}`
const ecr = '123456789.dkr.ecr.us-east-1.amazonaws.com'

describe('the challenge', () => {
  it.each([
    [
      'ghcr.io/v2/',
      'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:user/image:pull"',
    ],
    [
      'registry-1.docker.io/v2/a/b/manifests/1',
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull"',
    ],
    [`${ecr}/v2/`, `Basic realm="https://${ecr}/",service="ecr.amazonaws.com"`],
    [
      'public.ecr.aws/v2/',
      'Bearer realm="https://public.ecr.aws/token/",service="public.ecr.aws",scope="aws"',
    ],
    [
      'myregistry.azurecr.io/v2/a/manifests/1',
      'Bearer realm="https://myregistry.azurecr.io/oauth2/token",service="myregistry.azurecr.io",scope="repository:a:pull"',
    ],
    [
      'us-docker.pkg.dev/v2/',
      'Bearer realm="https://us-docker.pkg.dev/v2/token",service="us-docker.pkg.dev"',
    ],
    [
      'harbor.example.com/v2/library/a/tags/list',
      'Bearer realm="https://harbor.example.com/service/token",service="harbor-registry",scope="repository:library/a:pull"',
    ],
    ['acme.jfrog.io/v2/', 'Bearer realm="https://acme.jfrog.io/v2/token",service="acme.jfrog.io"'],
  ])('of %s', async (address, wanted) => {
    const { status, headers } = await get(address)
    expect([status, headers['www-authenticate']]).toEqual([401, wanted])
  })
})

describe('a login that is wrong', () => {
  const wrong = basic({ username: 'AWS', password: 'wrong' })
  it.each([
    ['ghcr.io/token?scope=repository:myuser/a:pull', 403, 'DENIED'],
    ['auth.docker.io/token?service=registry.docker.io', 401, 'incorrect username or password'],
    [`${ecr}/v2/`, 401, 'Not Authorized'],
    ['public.ecr.aws/token/', 403, 'DENIED'],
    ['myregistry.azurecr.io/oauth2/token', 401, 'UNAUTHORIZED'],
    ['us-docker.pkg.dev/v2/token', 401, 'UNAUTHORIZED'],
    ['harbor.example.com/service/token', 401, 'UNAUTHORIZED'],
    ['acme.jfrog.io/v2/token', 401, 'UNAUTHORIZED'],
  ])('at %s', async (address, status, words) => {
    const got = await get(address, wrong)
    expect(got.status).toBe(status)
    expect(got.body).toContain(words)
  })
})

describe('a token', () => {
  it.each<[string, (all: Vendors) => Vendor, string, readonly string[]]>([
    ['GitHub', ({ ghcr }) => ghcr, 'ghcr.io/token?scope=repository:myuser/a:pull,push', ['token']],
    [
      'Docker Hub',
      ({ dockerHub }) => dockerHub,
      'auth.docker.io/token?scope=repository:myuser/a:pull,push',
      ['access_token', 'expires_in', 'issued_at', 'token'],
    ],
    ['ACR', ({ acr }) => acr, 'myregistry.azurecr.io/oauth2/token?scope=repository:a:pull', ['access_token']],
    ['GAR', ({ gar }) => gar, 'us-docker.pkg.dev/v2/token', ['expires_in', 'issued_at', 'token']],
    [
      'Harbor',
      ({ harbor }) => harbor,
      'harbor.example.com/service/token?scope=repository:library/a:pull',
      ['access_token', 'expires_in', 'issued_at', 'token'],
    ],
  ])('of %s has the members of the real one', async (_, pick, address, members) => {
    const { status, body } = await get(address, basic(pick(vendors).writer))
    expect([status, Object.keys(JSON.parse(body) as object).sort()]).toEqual([200, members])
  })

  it('of Docker Hub for what the account may not do allows nothing, and the registry says so', async () => {
    const address = 'auth.docker.io/token?scope=repository:somebody/a:pull,push'
    const { body } = await get(address, basic(vendors.dockerHub.writer))
    const { token } = JSON.parse(body) as { token: string }
    const headers = { authorization: `Bearer ${token}` }
    const got = await ask(vendors, 'POST registry-1.docker.io/v2/somebody/a/blobs/uploads/', { headers })
    expect(got.status).toBe(401)
    expect(got.headers['www-authenticate']).toContain('error="insufficient_scope"')
  })

  it('of ACR is bought with one of the directory, for the right audience alone', async () => {
    const { acr } = vendors
    const directory = async (scope: string): Promise<string> => {
      const { username, password } = acr.writer
      const form = { grant_type: 'client_credentials', client_id: username, client_secret: password, scope }
      const { body } = await post(`login.microsoftonline.com/${acr.tenant}/oauth2/v2.0/token`, form)
      return (JSON.parse(body) as { access_token: string }).access_token
    }
    const exchange = (access_token: string): Promise<Got> =>
      post(`${acr.host}/oauth2/exchange`, { grant_type: 'access_token', service: acr.host, access_token })
    expect(await exchange(await directory('https://vault.azure.net/.default'))).toMatchObject({ status: 401 })
    const { status, body } = await exchange(await directory('https://containerregistry.azure.net/.default'))
    expect(status).toBe(200)
    const { refresh_token } = JSON.parse(body) as { refresh_token: string }
    const form = { grant_type: 'refresh_token', service: acr.host, scope: 'repository:a:pull', refresh_token }
    expect(await post(`${acr.host}/oauth2/token`, form)).toMatchObject({ status: 200 })
  })

  it('that has ended is refused', async () => {
    const { harbor } = vendors
    const { body } = await get(
      'harbor.example.com/service/token?scope=repository:library/a:pull',
      basic(harbor.writer),
    )
    const headers = { authorization: `Bearer ${(JSON.parse(body) as { token: string }).token}` }
    expect(await get('harbor.example.com/v2/', headers)).toMatchObject({ status: 200 })
    harbor.expireTokens()
    const got = await get('harbor.example.com/v2/', headers)
    expect([got.status, got.headers['www-authenticate']]).toEqual([401, 'Basic realm="harbor"'])
  })
})

describe('what is missing or refused', () => {
  it.each<[string, string, (all: Vendors) => Vendor, number, string]>([
    [
      'no repository of ECR',
      `POST ${ecr}/v2/none/a/blobs/uploads/`,
      ({ ecr: one }) => one,
      404,
      'NAME_UNKNOWN',
    ],
    ['no path of ECR', `GET ${ecr}/v2/none`, ({ ecr: one }) => one, 405, ''],
    [
      'no repository of GAR',
      'POST us-docker.pkg.dev/v2/myproject/none/a/blobs/uploads/',
      ({ gar }) => gar,
      404,
      'NAME_UNKNOWN',
    ],
    [
      'no project of GAR',
      'POST us-docker.pkg.dev/v2/other/none/a/blobs/uploads/',
      ({ gar }) => gar,
      403,
      'or it may not exist',
    ],
    [
      'no project of Harbor',
      'POST harbor.example.com/v2/none/a/blobs/uploads/',
      ({ harbor }) => harbor,
      401,
      'project none not found',
    ],
    [
      'a tag of Harbor',
      'DELETE harbor.example.com/v2/library/a/manifests/1',
      ({ harbor }) => harbor,
      400,
      'UNSUPPORTED',
    ],
    [
      'no key of Artifactory',
      'POST acme.jfrog.io/v2/none/a/blobs/uploads/',
      ({ artifactory }) => artifactory,
      404,
      'NAME_UNKNOWN',
    ],
    [
      'a blob of Artifactory',
      `DELETE acme.jfrog.io/v2/charts/a/blobs/${digest}`,
      ({ artifactory }) => artifactory,
      405,
      'UNSUPPORTED',
    ],
  ])('%s', async (_, line, pick, status, words) => {
    const got = await ask(vendors, line, { headers: basic(pick(vendors).writer) })
    expect(got.status).toBe(status)
    expect(got.body).toContain(words)
  })

  it('a password of ECR that has ended is forbidden, with the words of AWS', async () => {
    const { ecr: one } = vendors
    const login = basic(one.writer)
    one.pass(12 * 3_600_000)
    const got = await get(`${ecr}/v2/`, login)
    expect(got.status).toBe(403)
    expect(got.body).toContain('Your authorization token has expired')
  })
})

describe('the network', () => {
  it('answers under the names of its hosts, with certificates of its own authority', () => {
    expect(readFileSync(vendors.caFile, 'utf8')).toContain('BEGIN CERTIFICATE')
    expect(new Set(vendors.network.seen.map(({ host }) => host)).size).toBeGreaterThan(8)
  })

  it('refuses hosts that are nobody, and remembers them', async () => {
    expect(await get('nobody.test/')).toMatchObject({ status: 502 })
    expect(vendors.network.unknownHosts).toEqual(['nobody.test:443'])
  })

  it('fails the test whose client took a credential along to the storage of blobs', async () => {
    const all = await startVendors()
    const headers = { authorization: 'Bearer x' }
    const { status } = await ask(all, 'GET pkg-containers.githubusercontent.com/a/b', { headers })
    expect(status).toBe(400)
    await expect(all.close()).rejects.toThrow('credentials went to another origin')
  })
})
