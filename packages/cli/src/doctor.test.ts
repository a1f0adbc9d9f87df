import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'valibot'
import { examination } from './shape/doctor.ts'
import type { Answer, Script } from './testing/hostile-registry.ts'
import { hostile } from './testing/hostile-registry.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop

beforeEach(async () => {
  shop = await openWorkshop()
})

afterEach(() => shop.close())

interface Examined {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** `CHECK VERDICT` of each finding on the registry. */
  readonly findings: readonly string[]
  readonly notExamined: readonly string[]
}

async function examine(...args: string[]): Promise<Examined> {
  const called = await shop.chartroom('doctor', ...args, '-o', 'json')
  const { findings, notExamined } = parse(examination, JSON.parse(called.stdout))
  const lines = findings.filter(({ check }) => check !== 'helm').map((one) => `${one.check} ${one.verdict}`)
  return { ...called, findings: lines, notExamined }
}

async function publish(version: string, path: string): Promise<void> {
  await shop.chart('app', version)
  await shop.chartroom('package', 'app')
  const { code, stderr } = await shop.chartroom('push', `app-${version}.tgz`, `oci://${shop.host}/${path}`)
  expect(code, stderr).toBe(0)
}

/** The last finding on the registry, in the letter. */
async function letter(...args: string[]): Promise<{ code: number; text: string }> {
  const { code, stdout } = await shop.chartroom('doctor', ...args)
  return { code, text: stdout }
}

const bearer = (host: string): Answer => ({
  status: 401,
  headers: { 'www-authenticate': `Bearer realm="http://${host}/token",service="s"` },
})

describe('doctor', () => {
  it('finds a healthy chart healthy, and says who may read it', async () => {
    await publish('1.0.0', 'charts')
    const { code, findings, notExamined } = await examine(`oci://${shop.host}/charts/app:1.0.0`)
    expect({ code, findings, notExamined }).toEqual({
      code: 0,
      findings: [
        'proxy ok',
        'name ok',
        'tls ok',
        'registry ok',
        'clock ok',
        'login ok',
        'authentication ok',
        'repository ok',
        'chart ok',
        'version ok',
        'anonymous ok',
      ],
      notExamined: [],
    })
    expect((await letter(`oci://${shop.host}/charts/app:1.0.0`)).text).toMatch(
      /^Re: oci:\/\/.*\n\nok {7}proxy .*\n[\s\S]*\nDiagnosis: healthy\.\n$/,
    )
  })

  it('looks at this machine alone where nothing is named', async () => {
    const { code, text } = await letter()
    expect(code).toBe(0)
    expect(text).toMatch(/^This machine\n/)
    expect(text).toContain('.config/helm/registry/config.json (absent)')
  })

  it('asks nothing that it need not, and writes nothing', async () => {
    const server = await hostile({ 'GET /v2/': {}, 'GET /v2/a/app/tags/list': { body: '{"tags":[]}' } })
    await examine(`oci://${server.host}/a/app`)
    expect([...new Set(server.asked.map(({ line }) => line.split(' ')[0]))]).toEqual(['GET'])
  })

  it('S48 names the nearest versions where this one is absent', async () => {
    for (const version of ['1.0.0', '1.1.0', '2.0.0']) {
      await publish(version, 'charts')
    }
    const { code, text } = await letter(`oci://${shop.host}/charts/app:1.0.9`)
    expect(code).toBe(4)
    expect(text).toMatch(
      /failure {2}version {9}.*has no version 1\.0\.9\n.*Remedy: Nearest: 2\.0\.0, 1\.1\.0, 1\.0\.0\./,
    )
  })

  it('S48 names the charts that may have been meant where the path is wrong', async () => {
    await publish('1.0.0', 'team/charts')
    for (const wrong of ['app', 'team/charts', 'team/charts/apq']) {
      const { code, text } = await letter(`oci://${shop.host}/${wrong}`)
      expect(code).toBe(4)
      expect(text).toMatch(/failure {2}(?:repository .*there is no|chart .*has no tag) /)
      expect(text).toContain(`There is: oci://${shop.host}/team/charts/app.`)
    }
  })

  it('reads a catalog to a limit alone', async () => {
    const others = Array.from({ length: 20_000 }, (_, index) => `z/${index}`)
    const catalog = (names: readonly string[]): Answer => ({ body: JSON.stringify({ repositories: names }) })
    for (const [names, offered] of [
      [[...others.slice(1), 'team/app'], true],
      [[...others, 'team/app'], false],
    ] as const) {
      const server = await hostile({ 'GET /v2/': {}, 'GET /v2/_catalog': catalog(names) })
      expect((await letter(`oci://${server.host}/a/app`)).text.includes('/team/app')).toBe(offered)
    }
  })

  it('S48 tells forbidden from absent, and says where the registry does not', async () => {
    const denied = { status: 403, body: '{"errors":[{"code":"DENIED","message":"no"}]}' }
    const server = await hostile({ 'GET /v2/': {}, 'GET /v2/a/app/tags/list': denied })
    const { code, text } = await letter(`oci://${server.host}/a/app`)
    expect(code).toBe(3)
    expect(text).toMatch(/failure {2}repository .*a\/app is forbidden or absent/)
    expect(text).toContain('does not say which')
  })

  it.each<[string, number, string, (host: string) => Script]>([
    [
      'a login that is refused',
      3,
      'authentication UNAUTHENTICATED',
      (host) => ({ 'GET /v2/': bearer(host), 'GET /token': { status: 401 } }),
    ],
    [
      'a right that lacks',
      3,
      'repository FORBIDDEN',
      () => ({ 'GET /v2/': {}, 'GET /v2/a/app/tags/list': { status: 403 } }),
    ],
  ])('S47 gives %s a message and code of its own', async (_, exit, found, script) => {
    const server = await hostile(new Proxy({}, scripted(script)))
    const { code, stdout } = await shop.chartroom(
      'doctor',
      `oci://${server.host}/a/app`,
      '-o',
      'json',
      '--username',
      'me',
      '--password',
      'hunter2',
    )
    const failed = parse(examination, JSON.parse(stdout)).findings.find(
      ({ verdict }) => verdict === 'failure',
    )
    expect([code, `${failed?.check} ${failed?.code}`]).toEqual([exit, found])
    expect(failed?.remedy).toMatch(/\w/)
  })

  it('S47 tells an anonymous token that is refused from a login that is', async () => {
    const server = await hostile({
      'GET /v2/': () => bearer(server.host),
      'GET /v2/a/app/tags/list': () => bearer(server.host),
      'GET /token': { status: 403 },
    })
    const { code, text } = await letter(`oci://${server.host}/a/app`)
    expect(code).toBe(3)
    expect(text).toMatch(/failure {2}repository .*a\/app is forbidden or absent: .*refused anonymous access/)
    expect((await shop.chartroom('doctor', server.host)).stderr).toContain('(ANONYMOUS_REFUSED)')
  })

  it.each([
    ['nothing that listens', '127.0.0.1:1', 9, 'registry'],
    ['a name that leads nowhere', 'registry.invalid', 9, 'name'],
  ])('says of %s what is wrong', async (_, host, exit, check) => {
    const { code, findings, notExamined, stderr } = await examine(host)
    expect([code, findings.at(-1)]).toEqual([exit, `${check} failure`])
    expect(notExamined).toContain('login')
    expect(stderr).toMatch(/^Error: doctor: .*\(NETWORK\)\nHint: /)
  })

  it.each<[string, Answer, number, string]>([
    ['a page of another server', { status: 404, body: '<html>' }, 4, 'registry failure'],
    ['a registry out of order', { status: 501 }, 9, 'registry failure'],
    [
      'a challenge that nobody knows',
      { status: 401, headers: { 'www-authenticate': 'Negotiate' } },
      1,
      'challenge failure',
    ],
    ['no challenge', { status: 401 }, 1, 'challenge failure'],
    [
      'a realm that is no URL',
      { status: 401, headers: { 'www-authenticate': 'Bearer realm="not a url"' } },
      6,
      'authentication failure',
    ],
  ])('says of %s what is wrong', async (_, answer, exit, last) => {
    const server = await hostile({ 'GET /v2/': answer })
    const { code, findings } = await examine(server.host)
    expect([code, findings.at(-1)]).toEqual([exit, last])
  })

  it('sees a clock that is wrong, and goes on', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { date: new Date(Date.now() - 3_600_000).toUTCString() }).end('{}')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { code, text } = await letter(`127.0.0.1:${(server.address() as AddressInfo).port}`)
    expect(code).toBe(0)
    expect(text).toMatch(
      /warning {2}clock {11}is 3(?:600|599|601) s ahead of that of the registry\n.*Cause: .*\n.*Remedy: /,
    )
  })

  it('says which login is used and why, and what is wrong with the others', async () => {
    const auth = { auth: Buffer.from('me:hunter2').toString('base64') }
    await shop.write('.home/.docker/config.json', JSON.stringify({ auths: { [shop.host]: auth } }))
    await shop.write(
      '.home/.config/containers/auth.json',
      JSON.stringify({ auths: { [`${shop.host}/charts`]: auth } }),
    )
    await shop.write('.home/.config/helm/registry/config.json', '{"auths": hunter2')
    const { text } = await letter(`oci://${shop.host}/charts/app`)
    expect(text).toMatch(/warning {2}login .*helm\/registry\/config\.json is no JSON object/)
    expect(text).toMatch(
      /ok {7}login {11}that of me, from .*containers\/auth\.json\n.*Its entry .*\/charts is the most exact one/,
    )
    expect(text).not.toContain('hunter2')
  })

  it('refuses what is no reference', async () => {
    for (const wrong of ['https://example.com/charts', 'a/../b', 'oci://'])
      expect((await shop.chartroom('doctor', wrong)).code).toBe(2)
  })
})

function scripted(script: (host: string) => Script): ProxyHandler<Script> {
  return {
    get: (_, line) => (host: string) => {
      const found = script(host)[String(line)]
      return typeof found === 'function' ? found(host) : (found ?? { status: 404 })
    },
  }
}
