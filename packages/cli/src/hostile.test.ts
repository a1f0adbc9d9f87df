import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Answer, Hostile, Script } from './testing/hostile-registry.ts'
import { chartScript, digestOf, hostile, manifestPath, manifestType } from './testing/hostile-registry.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

const layer = Buffer.from('no archive at all')
const blobPath = `GET /v2/charts/app/blobs/${digestOf(layer)}`
const zeros = Buffer.alloc(200 * 1024 * 1024)
const basic = { 'www-authenticate': 'Basic realm="r"' }
const never = { 'retry-after': '99999' }
const login = ['--username', 'me', '--password', 'hunter2']

interface Case {
  readonly what: string
  readonly script: Script
  readonly args?: readonly string[]
  readonly exit: number
  readonly code: string
  readonly hint: RegExp
}

const get = `GET ${manifestPath}`

const cases: readonly Case[] = [
  {
    what: '401 without a login',
    script: { [get]: { status: 401, headers: basic } },
    exit: 3,
    code: 'ANONYMOUS_REFUSED',
    hint: /chartroom login/,
  },
  {
    what: '401 with a login',
    script: { [get]: { status: 401, headers: basic } },
    args: login,
    exit: 3,
    code: 'UNAUTHENTICATED',
    hint: /log in again/,
  },
  { what: '403', script: { [get]: { status: 403 } }, exit: 3, code: 'FORBIDDEN', hint: /Ask for the right/ },
  { what: '404', script: {}, exit: 4, code: 'CHART_NOT_FOUND', hint: /Check the path/ },
  {
    what: '429',
    script: { [get]: { status: 429, headers: never } },
    exit: 9,
    code: 'RATE_LIMITED',
    hint: /Try again in/,
  },
  ...[500, 502, 503, 504].map((status) => ({
    what: String(status),
    script: { [get]: { status, headers: never } },
    exit: 9,
    code: 'SERVER_ERROR',
    hint: /Try again later/,
  })),
  { what: '501', script: { [get]: { status: 501 } }, exit: 9, code: 'SERVER_ERROR', hint: /Try again later/ },
  {
    what: 'a page of a web site',
    script: { [get]: { headers: { 'content-type': 'text/html' }, body: '<html>hello</html>' } },
    exit: 8,
    code: 'MANIFEST_INVALID',
    hint: /Check that the address is a registry/,
  },
  {
    what: 'a huge manifest',
    script: {
      [get]: { headers: { 'content-type': manifestType }, body: Buffer.alloc(5 * 1024 * 1024, 'x') },
    },
    exit: 8,
    code: 'LIMIT_EXCEEDED',
    hint: /hostile/,
  },
  {
    what: 'a layer of other bytes',
    script: chartScript({ layer, replaced: { [blobPath]: { body: Buffer.alloc(layer.length, 'x') } } }),
    exit: 6,
    code: 'DIGEST_MISMATCH',
    hint: /Nothing of it was used/,
  },
  {
    what: 'a layer that is shorter than said',
    script: chartScript({ layer, replaced: { [blobPath]: { body: layer.subarray(1) } } }),
    exit: 6,
    code: 'SIZE_MISMATCH',
    hint: /Nothing of it was used/,
  },
  {
    what: 'a layer that is longer than said',
    script: chartScript({ layer, replaced: { [blobPath]: { body: Buffer.concat([layer, layer]) } } }),
    exit: 6,
    code: 'SIZE_MISMATCH',
    hint: /Nothing of it was used/,
  },
  {
    what: 'a layer beyond all bounds',
    script: chartScript({ layer, said: { size: 500 * 1024 * 1024 } }),
    exit: 8,
    code: 'LIMIT_EXCEEDED',
    hint: /./,
  },
  {
    what: 'a layer that is no archive',
    script: chartScript({ layer }),
    exit: 8,
    code: 'ARCHIVE_INVALID',
    hint: /./,
  },
  {
    what: 'a bomb',
    script: chartScript({ layer: gzipSync(zeros) }),
    exit: 8,
    code: 'LIMIT_EXCEEDED',
    hint: /./,
  },
  {
    what: 'a manifest that is not that of its digest',
    script: chartScript({
      layer,
      replaced: {
        [get]: {
          headers: { 'content-type': manifestType, 'docker-content-digest': digestOf('x') },
          body: '{}',
        },
      },
    }),
    exit: 6,
    code: 'DIGEST_MISMATCH',
    hint: /Nothing of it was used/,
  },
  {
    what: 'nothing but cut connections',
    script: { [get]: { cut: true } },
    exit: 9,
    code: 'NETWORK',
    hint: /Check the network/,
  },
]

let shop: Workshop

beforeEach(async () => {
  shop = await openWorkshop()
})

afterEach(() => shop.close())

describe('pull from a registry that answers', () => {
  it.each(cases)('$what ends with $exit and $code, and writes nothing', async ({ script, args, ...want }) => {
    const { host } = await hostile(script)
    const reference = `oci://${host}/charts/app:1.0.0`
    const ended = await shop.chartroom('pull', reference, '-d', 'out', '--untar', ...(args ?? []))
    const [error = '', hint = ''] = ended.stderr
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('Warning'))
    expect([ended.code, ended.stdout, error]).toEqual([
      want.exit,
      '',
      expect.stringContaining(`(${want.code})`),
    ])
    expect(hint).toMatch(/^Hint: .*\.$/)
    expect(hint).toMatch(want.hint)
    expect(ended.stderr).not.toContain('hunter2')
    expect(readdirSync(shop.folder)).not.toContain('out')
  })
})

describe('a registry with a chart', () => {
  const large = Buffer.alloc(6 * 1024 * 1024, 'x')

  it('whose config is too large gets no chart listed', async () => {
    const { host } = await hostile(chartScript({ layer, config: large }))
    const ended = await shop.chartroom('versions', `oci://${host}/charts/app`)
    expect([ended.code, ended.stderr]).toEqual([8, expect.stringContaining('(LIMIT_EXCEEDED)')])
  })

  it('whose provenance is too large gives none', async () => {
    await shop.chart('app', '1.0.0')
    await shop.chartroom('package', 'app')
    const archive = readFileSync(join(shop.folder, 'app-1.0.0.tgz'))
    const { host } = await hostile(chartScript({ layer: archive, provenance: large }))
    const ended = await shop.chartroom('pull', `oci://${host}/charts/app:1.0.0`, '--prov', '-d', 'out')
    expect([ended.code, ended.stderr]).toEqual([8, expect.stringContaining('(LIMIT_EXCEEDED)')])
    expect(readdirSync(join(shop.folder, 'out'))).not.toContain('app-1.0.0.tgz.prov')
  })
})

describe('a list that does not end', () => {
  it.each(['versions', 'charts', 'copy'])('ends %s with an error', async (command) => {
    const again = (path: string): Answer => ({
      headers: { link: `<${path}?n=1&last=a>; rel="next"` },
      body: '{"tags":["1.0.0"],"repositories":["charts/app"]}',
    })
    const { host } = await hostile({
      'GET /v2/charts/app/tags/list': again('/v2/charts/app/tags/list'),
      'GET /v2/_catalog': again('/v2/_catalog'),
    })
    const from = `oci://${host}/charts${command === 'charts' ? '' : '/app'}`
    const more = command === 'copy' ? [`oci://${shop.host}/to/app`, '--all-tags'] : []
    const ended = await shop.chartroom(command, from, ...more)
    expect([ended.code, ended.stderr]).toEqual([
      8,
      expect.stringMatching(/lists without end \(LIMIT_EXCEEDED\)\nHint: .*pages/),
    ])
  })
})

describe('no credential arrives', () => {
  const attackers = (): Promise<Hostile> => hostile({ 'GET /x': { body: layer } })

  async function expectNothing({ asked }: Hostile): Promise<void> {
    expect(asked.map(({ headers }) => headers.authorization).filter(Boolean)).toEqual([])
  }

  it('where a blob redirects to (GHSA-vh4v)', async () => {
    const attacker = await attackers()
    const { host } = await hostile(
      chartScript({
        layer,
        replaced: { [blobPath]: { status: 307, headers: { location: `http://${attacker.host}/x` } } },
      }),
    )
    const ended = await shop.chartroom('pull', `oci://${host}/charts/app:1.0.0`, ...login)
    expect(ended.code).toBe(8)
    expect(attacker.asked).toHaveLength(1)
    await expectNothing(attacker)
  })

  it('where an upload is to go on (CVE-2026-50151)', async () => {
    await shop.chart('app', '1.0.0')
    const attacker = await attackers()
    const upload = { status: 202, headers: { location: `http://${attacker.host}/upload` } }
    const { host, asked } = await hostile({
      'POST /v2/charts/app/blobs/uploads/': upload,
      'GET /v2/': { status: 401, headers: basic },
    })
    const ended = await shop.chartroom('publish', 'app', '--to', `oci://${host}/charts`, ...login)
    expect(ended.code).not.toBe(0)
    expect(asked.some(({ line }) => line.startsWith('POST'))).toBe(true)
    expect(attacker.asked.length).toBeGreaterThan(0)
    await expectNothing(attacker)
  })

  it('at the token service of another (CVE-2026-48978)', async () => {
    const attacker = await attackers()
    const realm = `http://${attacker.host.replace('127.0.0.1', 'localhost')}/token`
    const { host } = await hostile({
      [get]: { status: 401, headers: { 'www-authenticate': `Bearer realm="${realm}"` } },
    })
    const ended = await shop.chartroom('pull', `oci://${host}/charts/app:1.0.0`, ...login)
    expect([ended.code, ended.stderr]).toEqual([6, expect.stringContaining('CREDENTIAL_LEAK_REFUSED')])
    expect(attacker.asked).toEqual([])
  })

  it('at another address of an index (CVE-2021-32690)', async () => {
    const attacker = await attackers()
    const { host, asked } = await hostile({
      'GET /index.yaml': {
        body: `apiVersion: v1\nentries:\n  app:\n  - name: app\n    version: 1.0.0\n    urls: [http://${attacker.host}/x]\n`,
      },
    })
    const args = ['pull', 'app', '--repo', `http://${host}`, ...login]
    expect((await shop.chartroom(...args)).code).toBe(8)
    expect(asked[0]?.headers.authorization).toMatch(/^Basic /)
    expect(attacker.asked).toHaveLength(1)
    await expectNothing(attacker)
  })
})

describe('an index that', () => {
  it.each([
    ['is no YAML', 'entries: ['],
    ['is a page', '<!doctype html><html><body>hello</body></html>'],
    ['multiplies itself', `${bomb()}entries: {}\n`],
    ['is deeper than any', `entries: ${'['.repeat(5000)}`],
  ])('%s is refused with a sentence, and not kept', async (_, body) => {
    const { host } = await hostile({ 'GET /index.yaml': { body } })
    const ended = await shop.chartroom('repo', 'add', 'bad', `http://${host}`)
    expect([ended.code, ended.stderr]).toEqual([8, expect.stringMatching(/\(INDEX_INVALID\)\nHint: /)])
    expect((await shop.chartroom('repo', 'list')).stdout).not.toContain('bad')
  })

  it('has keys named __proto__ harms nobody', async () => {
    const body =
      'apiVersion: v1\n__proto__: {polluted: yes}\nentries:\n  __proto__: [{name: x, version: 1.0.0}]\n  app: []\n'
    const { host } = await hostile({ 'GET /index.yaml': { body } })
    await shop.chartroom('repo', 'add', 'odd', `http://${host}`)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

/** Lists of lists of lists, of which each says the one before it twice. */
function bomb(): string {
  return Array.from(
    { length: 40 },
    (_, i) => `l${i}: &l${i} [${i === 0 ? 'x' : `*l${i - 1}, *l${i - 1}`}]\n`,
  ).join('')
}

describe('a conflict that the registry finds itself', () => {
  it('ends publish with 5', async () => {
    await shop.chart('app', '1.0.0')
    const { host } = await hostile({
      'POST /v2/charts/app/blobs/uploads/': { status: 201 },
      'PUT /v2/charts/app/manifests/1.0.0': { status: 409 },
      'PUT *': { status: 201 },
    })
    const ended = await shop.chartroom('publish', 'app', '--to', `oci://${host}/charts`)
    expect([ended.code, ended.stderr]).toEqual([
      5,
      expect.stringMatching(/\(CONFLICT\)\nHint: The tag may be immutable/),
    ])
  })
})
