import { gzipSync } from 'node:zlib'
import { inspect } from 'node:util'
import { exitCodeOf, Secret } from '@chartroom/errors'
import { createTransport, digestOf } from '@chartroom/oci'
import { describe, expect, it, onTestFinished } from 'vitest'
import { entry, index } from '../test/entry.ts'
import type { Answer } from '../test/web-server.ts'
import { webServer } from '../test/web-server.ts'
import { formatIndex } from './format-index.ts'
import { indexBody } from './index-body.ts'
import type { RepositoryOptions } from './reader.ts'
import { Repository } from './reader.ts'

const text = formatIndex(index(entry('app', '1.0.0')))
const bytes = new TextEncoder().encode('an archive')
const credential = { username: 'u', password: new Secret('hunter2') }
const basic = `Basic ${Buffer.from('u:hunter2').toString('base64')}`

function open(url: string, options: Partial<RepositoryOptions> = {}): Repository {
  const transport = createTransport({ retry: { attempts: 2, delay: 1 }, idleTimeout: 2000, connections: 1 })
  onTestFinished(() => transport.close())
  return new Repository({ url, transport, ...options })
}

async function failureOf(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof Error) return error
  throw new Error('it did not fail')
}

describe('the index of a repository', () => {
  it.each(['', '/', '/charts', '/charts/', '/a%20b/charts'])(
    'lies right below the address %s',
    async (path) => {
      const { url, requests } = await webServer({ [`${path.replace(/\/$/, '')}/index.yaml`]: { body: text } })
      expect([...(await open(url + path).index()).entries.keys()]).toEqual(['app'])
      expect(requests).toHaveLength(1)
    },
  )

  it('takes the query of the address along', async () => {
    const { url, requests } = await webServer({ '/charts/index.yaml': { body: text } })
    await open(`${url}/charts?sv=1&sig=a%2Fb#part`).index()
    expect(requests.map(({ path }) => path)).toEqual(['/charts/index.yaml?sv=1&sig=a%2Fb'])
  })

  it('is asked for packed, and unpacked', async () => {
    const headers = { 'content-encoding': 'gzip' }
    const { url, requests } = await webServer({ '/index.yaml': { body: gzipSync(text), headers } })
    expect((await open(url).fetchIndex()).text).toBe(text)
    expect(requests[0]?.headers['accept-encoding']).toBe('gzip')
  })

  it('is not sent again while its ETag holds', async () => {
    const { url, requests } = await webServer({
      '/index.yaml': ({ headers }) =>
        headers['if-none-match'] === '"1"' ? { status: 304 } : { body: text, headers: { etag: '"1"' } },
    })
    const repository = open(url)
    expect(await repository.fetchIndex()).toEqual({ text, etag: '"1"' })
    expect(await repository.fetchIndex('"1"')).toEqual({ text: undefined, etag: '"1"' })
    expect((await repository.fetchIndex('"0"')).text).toBe(text)
    expect(requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"', '"0"'])
    expect(new Set(requests.map(({ clientPort }) => clientPort)).size).toBe(1)
  })

  it('that was not asked for by an ETag cannot be unchanged', async () => {
    const { url } = await webServer({ '/index.yaml': { status: 304 } })
    expect(await failureOf(open(url).index())).toMatchObject({ code: 'SERVER_ERROR' })
  })

  it.each([
    [401, 'ANONYMOUS_REFUSED', 'UNAUTHENTICATED', 3],
    [403, 'FORBIDDEN', 'FORBIDDEN', 3],
    [404, 'REPOSITORY_NOT_FOUND', 'REPOSITORY_NOT_FOUND', 4],
    [410, 'REPOSITORY_NOT_FOUND', 'REPOSITORY_NOT_FOUND', 4],
    [429, 'RATE_LIMITED', 'RATE_LIMITED', 9],
    [500, 'SERVER_ERROR', 'SERVER_ERROR', 9],
    [503, 'SERVER_ERROR', 'SERVER_ERROR', 9],
    [400, 'SERVER_ERROR', 'SERVER_ERROR', 9],
    [204, 'SERVER_ERROR', 'SERVER_ERROR', 9],
  ])('answered by %i is the error %s, with a login %s', async (status, anonymous, loggedIn, exit) => {
    const { url, host } = await webServer({
      '/index.yaml': { status, ...(status === 204 ? {} : { body: 'hunter2' }) },
    })
    for (const [code, options] of [
      [anonymous, {}],
      [loggedIn, { credential }],
    ] as const) {
      const error = await failureOf(open(`${url}?sig=hunter2`, options).index())
      expect(error).toMatchObject({ code, origin: host, hint: expect.stringMatching(/\.$/) })
      expect(exitCodeOf(error)).toBe(exit)
      expect(error.message).toContain(String(status))
      expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/hunter2/)
    }
  })

  it('is tried again after a passing failure', async () => {
    let asked = 0
    const { url } = await webServer({
      '/index.yaml': () => (asked++ === 0 ? { status: 503 } : { body: text }),
    })
    expect((await open(url).index()).entries.size).toBe(1)
  })

  it.each([
    ['cut', { body: text, cutAfter: 20 }, 'NETWORK'],
    [
      'packed and cut',
      { body: gzipSync(text).subarray(0, 30), headers: { 'content-encoding': 'gzip' } },
      'SERVER_ERROR',
    ],
    ['packed and damaged', { body: 'garbage', headers: { 'content-encoding': 'gzip' } }, 'SERVER_ERROR'],
    ['packed in another way', { body: 'x', headers: { 'content-encoding': 'br' } }, 'SERVER_ERROR'],
    ['a web page', { body: '<html><body>Log in</body></html>' }, 'INDEX_INVALID'],
    ['empty', {}, 'INDEX_INVALID'],
  ] satisfies [string, Answer, string][])('that is %s is an error', async (_, answer, code) => {
    const { url } = await webServer({ '/index.yaml': answer })
    expect(await failureOf(open(url).index())).toMatchObject({ code })
  })

  it.each([
    ['sent', { body: 'x'.repeat(1000), endless: true }],
    ['unpacked', { body: gzipSync('x'.repeat(1_000_000)), headers: { 'content-encoding': 'gzip' } }],
  ] satisfies [string, Answer][])('is read up to its limit, as it is %s', async (_, answer) => {
    const { url } = await webServer({ '/index.yaml': answer })
    const transport = createTransport()
    onTestFinished(() => transport.close())
    const response = await transport.request({ method: 'GET', url: new URL(`${url}/index.yaml`) })
    expect(await failureOf(indexBody(response, 100_000))).toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })
})

describe('an archive', () => {
  const own = { digest: digestOf(bytes).slice(7) }

  it.each([
    ['app-1.0.0.tgz', '/charts/app-1.0.0.tgz?sig=1'],
    ['sub/app.tgz', '/charts/sub/app.tgz?sig=1'],
    ['../app.tgz', '/app.tgz?sig=1'],
    ['/root/app.tgz', '/root/app.tgz?sig=1'],
    ['app-1.0.0+b.tgz', '/charts/app-1.0.0+b.tgz?sig=1'],
    ['app.tgz?own=2', '/charts/app.tgz?own=2'],
    ['app.tgz#part', '/charts/app.tgz?sig=1'],
  ])('at %s is taken from %s', async (address, path) => {
    const { url, requests } = await webServer({ [path]: { body: bytes } })
    const repository = open(`${url}/charts?sig=1`)
    expect(await repository.archive(entry('app', '1.0.0', { urls: [address, 'never.tgz'], ...own }))).toEqual(
      bytes,
    )
    expect(requests.map((request) => request.path)).toEqual([path])
    expect(requests[0]?.headers).toMatchObject({
      accept: 'application/gzip,application/octet-stream',
      'accept-encoding': 'identity',
    })
  })

  it('at a whole address is taken from there, with the query only where it is at home', async () => {
    const other = await webServer({ '/app.tgz': { body: bytes } })
    const home = await webServer({ '/elsewhere/app.tgz': { body: bytes } })
    const repository = open(`${home.url}/charts?sig=1`)
    await repository.archive(entry('app', '1.0.0', { urls: [`${other.url}/app.tgz`] }))
    await repository.archive(entry('app', '1.0.0', { urls: [`${home.url}/elsewhere/app.tgz`] }))
    expect(other.requests.map(({ path }) => path)).toEqual(['/app.tgz'])
    expect(home.requests.map(({ path }) => path)).toEqual(['/elsewhere/app.tgz?sig=1'])
  })

  it('is checked against the digest in the index, however it is spelled', async () => {
    const { url } = await webServer({ '/a.tgz': { body: bytes } })
    const digest = own.digest
    for (const spelled of [digest, `sha256:${digest}`, digest.toUpperCase(), undefined]) {
      const one = { ...entry('a', '1.0.0', { urls: ['a.tgz'] }), digest: spelled }
      expect(await open(url).archive(one)).toEqual(bytes)
    }
  })

  it.each(['0'.repeat(64), 'abc', `md5:${own.digest}`])(
    'that has not the digest %s is refused',
    async (digest) => {
      const { url } = await webServer({ '/a.tgz': { body: bytes } })
      const error = await failureOf(
        open(`${url}?sig=s`).archive(entry('a', '1.0.0', { urls: ['a.tgz'], digest })),
      )
      expect([error, exitCodeOf(error)]).toEqual([expect.objectContaining({ code: 'DIGEST_MISMATCH' }), 6])
      expect(error.message).toContain('sig=***')
    },
  )

  it.each([
    [401, 'ANONYMOUS_REFUSED'],
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [429, 'RATE_LIMITED'],
    [502, 'SERVER_ERROR'],
    [206, 'SERVER_ERROR'],
  ])('answered by %i is the error %s, and leaves the connection to be used again', async (status, code) => {
    const { url, requests } = await webServer({ '/a.tgz': { status, body: 'x'.repeat(1000) } })
    const repository = open(url)
    const one = entry('a', '1.0.0', { urls: ['a.tgz'] })
    expect(await failureOf(repository.archive(one))).toMatchObject({ code })
    expect(await failureOf(repository.archive(one))).toMatchObject({ code })
    expect(new Set(requests.map(({ clientPort }) => clientPort)).size).toBe(1)
  })

  it('that is cut is an error of the network', async () => {
    const { url } = await webServer({ '/a.tgz': { body: bytes, cutAfter: 4 } })
    expect(await failureOf(open(url).archive(entry('a', '1.0.0', { urls: ['a.tgz'] })))).toMatchObject({
      code: 'NETWORK',
    })
  })

  it('without end is read up to its limit', async () => {
    const { url } = await webServer({ '/a.tgz': { body: new Uint8Array(1024 * 1024), endless: true } })
    expect(await failureOf(open(url).archive(entry('a', '1.0.0', { urls: ['a.tgz'] })))).toMatchObject({
      code: 'LIMIT_EXCEEDED',
    })
  })

  it.each([
    [[], 'INDEX_INVALID', /gives no address for a 1\.0\.0/],
    [['http://['], 'INDEX_INVALID', /an address that is none/],
    [['http://a b/c.tgz'], 'INDEX_INVALID', /an address that is none/],
    [['file:///etc/passwd'], 'UNSUPPORTED', /not HTTP/],
    [['ftp://a.test/a.tgz'], 'UNSUPPORTED', /not HTTP/],
    [
      ['oci://registry.test/charts/a:1.0.0'],
      'UNSUPPORTED',
      /oci:\/\/registry\.test\/charts\/a:1\.0\.0, which is not HTTP/,
    ],
  ])('at %j is not asked for', async (urls, code, message) => {
    const { url, requests } = await webServer({})
    const error = await failureOf(open(url).archive(entry('a', '1.0.0', { urls })))
    expect(error).toMatchObject({ code, message: expect.stringMatching(message), hint: expect.any(String) })
    expect(requests).toEqual([])
  })
})

describe('provenance', () => {
  const one = entry('a', '1.0.0', { urls: ['a.tgz'] })

  it('lies beside the archive, before the query', async () => {
    const { url, requests } = await webServer({ '/a.tgz.prov': { body: 'signed' } })
    expect(new TextDecoder().decode(await open(`${url}?sig=1`).provenance(one))).toBe('signed')
    expect(requests.map(({ path }) => path)).toEqual(['/a.tgz.prov?sig=1'])
  })

  it('may be absent, and any other answer is an error', async () => {
    const { url, requests } = await webServer({ '/b.tgz.prov': { status: 403 } })
    const repository = open(url)
    expect(await repository.provenance(one)).toBeUndefined()
    const forbidden = repository.provenance(entry('b', '1.0.0', { urls: ['b.tgz'] }))
    expect(await failureOf(forbidden)).toMatchObject({ code: 'FORBIDDEN' })
    expect(new Set(requests.map(({ clientPort }) => clientPort)).size).toBe(1)
  })

  it('is read up to its limit', async () => {
    const { url } = await webServer({ '/a.tgz.prov': { body: new Uint8Array(1024 * 1024), endless: true } })
    expect(await failureOf(open(url).provenance(one))).toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })
})

// CVE-2021-32690 (helm): the repository's credential on other domains.
describe('the credential', () => {
  it('goes along to the origin of the repository', async () => {
    const { url, requests } = await webServer({ '/index.yaml': { body: text }, '/a.tgz': { body: bytes } })
    const repository = open(url, { credential })
    await repository.index()
    await repository.archive(entry('a', '1.0.0', { urls: ['a.tgz'] }))
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([basic, basic])
  })

  it('stands in the address too', async () => {
    const { host, requests } = await webServer({ '/index.yaml': { body: text } })
    await open(`http://us%40er:p%3Aw@${host}`).index()
    const sent = Buffer.from(requests[0]?.headers.authorization?.slice(6) ?? '', 'base64').toString()
    expect(sent).toBe('us@er:p:w')
    await open(`http://us%40er:p%3Aw@${host}`, { credential }).index()
    expect(requests[1]?.headers.authorization).toBe(basic)
  })

  it('of an address in the index is not sent at all', async () => {
    const { url, host, requests } = await webServer({ '/a.tgz': { body: bytes } })
    await open(url).archive(entry('a', '1.0.0', { urls: [`http://x:y@${host}/a.tgz`] }))
    expect(requests[0]?.headers.authorization).toBeUndefined()
  })

  it('goes to no other host of the index, nor to another port', async () => {
    const other = await webServer({ '/a.tgz': { body: bytes }, '/a.tgz.prov': { body: 'p' } })
    const home = await webServer({})
    const repository = open(home.url, { credential })
    const one = entry('a', '1.0.0', { urls: [`${other.url}/a.tgz`] })
    await repository.archive(one)
    await repository.provenance(one)
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined])
  })

  it('goes to another host of the index where all may have it, but not where that redirects to', async () => {
    const third = await webServer({ '/a.tgz': { body: bytes } })
    const other = await webServer({ '/a.tgz': { status: 302, headers: { location: `${third.url}/a.tgz` } } })
    const repository = open((await webServer({})).url, { credential, passCredentials: true })
    await repository.archive(entry('a', '1.0.0', { urls: [`${other.url}/a.tgz`] }))
    expect(other.requests[0]?.headers.authorization).toBe(basic)
    expect(third.requests[0]?.headers.authorization).toBeUndefined()
  })

  it('does not leave https for http, even where all may have it', async () => {
    const other = await webServer({ '/a.tgz': { body: bytes } })
    const repository = open('https://repository.test/charts', { credential, passCredentials: true })
    await repository.archive(entry('a', '1.0.0', { urls: [`${other.url}/a.tgz`] }))
    expect(other.requests[0]?.headers.authorization).toBeUndefined()
  })

  it.each([301, 302, 303, 307, 308])('does not follow a redirect of %i to another host', async (status) => {
    const other = await webServer({ '/x': { body: text } })
    const home = await webServer({
      '/index.yaml': { status, headers: { location: `${other.url}/x` }, body: 'moved' },
    })
    expect((await open(home.url, { credential }).index()).entries.size).toBe(1)
    expect(home.requests[0]?.headers.authorization).toBe(basic)
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
  })

  it('follows a redirect within the repository, and comes back from another host', async () => {
    const home = await webServer({
      '/index.yaml': { status: 302, headers: { location: 'moved/index.yaml' } },
      '/moved/index.yaml': ({ headers }) => ({
        status: 302,
        headers: { location: `http://${away.host}/back?to=${headers.host ?? ''}` },
      }),
      '/end': { body: text },
    })
    const away = await webServer({ '/back': { status: 302, headers: { location: `${home.url}/end` } } })
    await open(home.url, { credential }).index()
    expect(home.requests.map(({ headers }) => headers.authorization)).toEqual([basic, basic, basic])
    expect(away.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
  })
})

describe('a redirect', () => {
  it.each([
    ['in a circle', '/index.yaml', 'SERVER_ERROR'],
    ['to no address', 'http://[', 'SERVER_ERROR'],
    ['to a file', 'file:///etc/passwd', 'CREDENTIAL_LEAK_REFUSED'],
  ])('%s ends', async (_, location, code) => {
    const { url, requests } = await webServer({ '/index.yaml': { status: 302, headers: { location } } })
    expect(await failureOf(open(url).index())).toMatchObject({ code })
    expect(requests.length).toBeLessThan(12)
  })
})

describe('an address', () => {
  it.each(['', 'charts', 'ftp://a.test', 'oci://a.test/charts', 'http://', 'http://a%zz:b@c.test'])(
    'such as %j is none of a repository',
    (url) => {
      expect(() => open(url)).toThrow(expect.objectContaining({ code: 'USAGE' }))
    },
  )

  it('is refused without its password', () => {
    expect(() => open('ftp://u:hunter2@a.test')).toThrow(/^ftp:\/\/a\.test\/ is not/)
  })
})
