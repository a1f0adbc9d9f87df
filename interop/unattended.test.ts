import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Ended, Home, Served } from './workspace.ts'
import { ensureBuilt, program, run, serve, temporaryHome, writeChart } from './workspace.ts'

// Hash of the password "sesame", at the lowest cost that htpasswd files may have.
const users = 'ada:$2b$04$abcdefghijklmnopqrstuuZt3lEmFk6BAOAn3wgHBGVgTnY8DqEvO\n'

let home: Home
let registry: Served
let guarded: Served

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  registry = await serve(home)
  await writeFile(join(home.folder, 'users'), users)
  guarded = await serve(home, ['--htpasswd', join(home.folder, 'users')])
  await writeChart(join(home.folder, 'app'), { name: 'app', version: '1.0.0' })
  await writeChart(join(home.folder, 'bad'), { name: 'bad', version: 'one' })
  await chartroom('publish', 'app', '--to', `oci://${registry.host}/charts`, '--to', 'site')
})

afterAll(async () => {
  await registry?.close()
  await guarded?.close()
  await home?.remove()
})

/** As a CI system runs it: no terminal, nothing on standard input. */
function chartroom(...args: string[]): Promise<Ended> {
  return run(process.execPath, [program, ...args], { cwd: home.folder, env: { ...home.env, CI: 'true' } })
}

/** A web server whose archives are not what its index says. */
async function lyingRepository(): Promise<string> {
  const server = createServer((request, response) => {
    const name = basename(request.url ?? '')
    if (name.endsWith('.tgz')) response.end('something else')
    else void readFile(join(home.folder, 'site', name)).then((bytes) => response.end(bytes))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const charts = (): string => `oci://${registry.host}/charts`

interface Case {
  readonly code: number
  readonly why: string
  readonly args: () => readonly string[] | Promise<readonly string[]>
  /** The stable code of the error. */
  readonly named?: string
}

const cases: readonly Case[] = [
  { code: 0, why: 'done', args: () => ['publish', 'app', '--to', charts()] },
  { code: 1, why: 'a file is in the way', args: () => ['package', 'app', '-d', 'users'], named: 'IO' },
  { code: 2, why: 'an unknown flag', args: () => ['pull', '--nope', `${charts()}/app`] },
  { code: 2, why: 'nobody to answer', args: () => ['delete', `${charts()}/app:1.0.0`], named: 'USAGE' },
  { code: 2, why: 'nobody to ask', args: () => ['login', guarded.host], named: 'USAGE' },
  {
    code: 3,
    why: 'no login',
    args: () => ['publish', 'app', '--to', `oci://${guarded.host}/charts`],
    named: 'ANONYMOUS_REFUSED',
  },
  {
    code: 3,
    why: 'a wrong login',
    args: () => ['pull', `oci://${guarded.host}/charts/app`, '--username', 'ada', '--password', 'no'],
    named: 'UNAUTHENTICATED',
  },
  { code: 4, why: 'no such chart', args: () => ['pull', `${charts()}/absent`] },
  {
    code: 4,
    why: 'no such version',
    args: () => ['pull', `${charts()}/app`, '--version', '9.9.9'],
    named: 'VERSION_NOT_FOUND',
  },
  {
    code: 5,
    why: 'other content under an existing version',
    async args() {
      await writeChart(join(home.folder, 'changed'), { name: 'app', version: '1.0.0', note: 'changed' })
      return ['publish', 'changed', '--to', charts()]
    },
    named: 'CONFLICT',
  },
  {
    code: 6,
    why: 'bytes that are not those of the index',
    args: async () => ['pull', 'app', '--repo', await lyingRepository()],
    named: 'DIGEST_MISMATCH',
  },
  { code: 7, why: 'one chart of two', args: () => ['pull', `${charts()}/app`, `${charts()}/absent`] },
  {
    code: 8,
    why: 'a chart that is none',
    args: () => ['publish', 'bad', '--to', charts()],
    named: 'CHART_INVALID',
  },
  { code: 9, why: 'nothing listens', args: () => ['pull', 'oci://127.0.0.1:1/charts/app'], named: 'NETWORK' },
]

describe('without a terminal', () => {
  it.each(cases)('S1d ends with $code: $why', async ({ code, args, named }) => {
    const ended = await chartroom(...(await args()))
    expect(ended.code, ended.stderr).toBe(code)
    expect(ended.stderr).not.toContain('\u001b')
    if (code === 0) return
    expect(ended.stderr).toMatch(/^Error: /m)
    if (named !== undefined) expect(ended.stderr).toContain(`(${named})`)
  })

  it('S1d prints one JSON object and nothing else to standard output', async () => {
    for (const args of [
      ['publish', 'app', '--to', charts(), '--to', 'site'],
      ['pull', `${charts()}/app`, '-d', 'pulled'],
      ['package', 'app', '-d', 'packed'],
      ['versions', `${charts()}/app`],
      ['charts', charts()],
    ]) {
      const { code, stdout, stderr } = await chartroom(...args, '-o', 'json')
      expect([code, stderr, stdout.trim().split('\n').length]).toEqual([0, '', 1])
      expect(Object.keys(JSON.parse(stdout) as object)).toEqual([
        expect.stringMatching(/^(charts|versions)$/),
      ])
    }
  })

  it('S1d prints the object of a run that failed too', async () => {
    const { code, stdout } = await chartroom('publish', 'changed', '--to', charts(), '-o', 'json')
    expect(code).toBe(5)
    expect(JSON.parse(stdout)).toMatchObject({
      charts: [
        { destinations: [{ status: 'failed', error: { code: 'CONFLICT', hint: expect.any(String) } }] },
      ],
    })
  })
})
