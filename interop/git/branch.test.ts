import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { needPeer } from '../peers/peers.ts'
import type { Ended, Home } from '../workspace.ts'
import { ensureBuilt, program, run, serve, temporaryHome, writeChart } from '../workspace.ts'

let home: Home

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
})

afterAll(() => home?.remove())

interface Place {
  readonly folder: string
  readonly remote: string
  /** `git+file:///...#gh-pages` */
  readonly to: string
  /** Work copies go here. */
  readonly tmp: string
  readonly chart: (name: string, version: string) => Promise<string>
  readonly publish: (args: readonly string[], env?: Record<string, string>) => Promise<Ended>
  readonly git: (...args: string[]) => Promise<string>
  /** The files of the branch, in a folder of its own. */
  readonly checkout: () => Promise<string>
}

let places = 0

async function place(): Promise<Place> {
  const folder = join(home.folder, `place-${++places}`)
  const remote = join(folder, 'charts.git')
  const tmp = join(folder, 'tmp')
  await mkdir(tmp, { recursive: true })
  await must('git', ['init', '--quiet', '--bare', remote])
  const git = (...args: string[]): Promise<string> => must('git', ['--git-dir', remote, ...args])
  // As git hosts do it: archives are fetched when they are read.
  await git('config', 'uploadpack.allowFilter', 'true')
  return {
    folder,
    remote,
    to: `git+file://${remote}#gh-pages`,
    tmp,
    async chart(name, version) {
      const path = join(folder, `${name}-${version}`)
      await writeChart(path, { name, version })
      return path
    },
    publish: (args, env = {}) =>
      run(process.execPath, [program, 'publish', ...args], {
        cwd: folder,
        env: { ...home.env, TMPDIR: tmp, ...env },
      }),
    git,
    async checkout() {
      const files = join(folder, 'site')
      await must('git', ['clone', '--quiet', '--branch', 'gh-pages', `file://${remote}`, files])
      return files
    },
  }
}

async function must(file: string, args: readonly string[]): Promise<string> {
  const ended = await run(file, args, { cwd: home.folder, env: home.env })
  expect(ended.code, `${file} ${args.join(' ')}: ${ended.stderr}`).toBe(0)
  return ended.stdout.trim()
}

/** A web server for the files of a folder, as Pages is one. */
async function website(folder: string): Promise<string> {
  const server = createServer((request, response) => {
    readFile(join(folder, normalize(new URL(request.url ?? '/', 'http://x').pathname))).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Every version of the index has its archive on the branch, with the digest that the index says. */
async function everyArchiveIsThere({ git, remote }: Place): Promise<string[]> {
  // Of one commit: a git that a killed publisher has started may still move the branch meanwhile.
  const commit = await git('rev-parse', 'gh-pages')
  const index = await git('show', `${commit}:index.yaml`)
  const digests = [...index.matchAll(/^ {4}digest: "?([0-9a-f]{64})/gm)].map(([, digest]) => digest ?? '')
  const files = (await git('ls-tree', '--name-only', commit)).split('\n')
  const archives = files.filter((name) => name.endsWith('.tgz'))
  const found = await Promise.all(archives.map((name) => digestOf(remote, `${commit}:${name}`)))
  expect(digests.sort()).toEqual(found.sort())
  return archives
}

async function digestOf(remote: string, object: string): Promise<string> {
  const child = spawn('git', ['--git-dir', remote, 'cat-file', 'blob', object])
  const hash = createHash('sha256')
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}

describe('a branch that chartroom publishes to', () => {
  it('is a repository for helm, and holds the bytes that the registry has', async () => {
    const helm = needPeer('helm-4.2.4')
    const spot = await place()
    const registry = await serve(home)
    onTestFinished(() => registry.close())
    const chart = await spot.chart('app', '1.0.0')
    const ended = await spot.publish([
      chart,
      '--to',
      `oci://${registry.host}/charts`,
      '--to',
      spot.to,
      '-o',
      'json',
    ])
    expect(ended.code, ended.stderr).toBe(0)
    const [{ digest, destinations }] = JSON.parse(ended.stdout).charts
    expect(destinations.map(({ kind, status }: { kind: string; status: string }) => [kind, status])).toEqual([
      ['oci', 'done'],
      ['git', 'done'],
    ])
    const url = await website(await spot.checkout())
    const env = {
      ...home.env,
      HELM_CACHE_HOME: join(spot.folder, 'cache'),
      HELM_CONFIG_HOME: join(spot.folder, 'config'),
      HELM_DATA_HOME: join(spot.folder, 'data'),
    }
    for (const args of [
      ['repo', 'add', 'pages', url],
      ['pull', 'pages/app', '--version', '1.0.0', '-d', 'classic'],
      ['pull', `oci://${registry.host}/charts/app`, '--version', '1.0.0', '-d', 'oci', '--plain-http'],
    ]) {
      if (args[0] === 'pull') await mkdir(join(spot.folder, args[5] ?? args[4] ?? ''), { recursive: true })
      const said = await run(helm, args, { cwd: spot.folder, env })
      expect(said.code, said.stderr).toBe(0)
    }
    for (const folder of ['classic', 'oci']) {
      const bytes = await readFile(join(spot.folder, folder, 'app-1.0.0.tgz'))
      expect(`sha256:${createHash('sha256').update(bytes).digest('hex')}`).toBe(digest)
    }
    expect(await readdir(spot.tmp)).toEqual([])
  })

  it('stands in chartroom.yaml with the address that it is served at', async () => {
    const spot = await place()
    await spot.chart('app', '1.0.0')
    await writeFile(
      join(spot.folder, 'chartroom.yaml'),
      `charts: [app-*]\ndestinations:\n- to: ${spot.to}:stable\n  repoUrl: https://me.example/charts/stable\n`,
    )
    const ended = await spot.publish([])
    expect(ended.code, ended.stderr).toBe(0)
    expect(await spot.git('show', 'gh-pages:stable/index.yaml')).toContain(
      'https://me.example/charts/stable/app-1.0.0.tgz',
    )
    const shown = await run(process.execPath, [program, 'project'], { cwd: spot.folder, env: home.env })
    expect(shown.stdout).toMatch(/^git +git\+file:/m)
  })

  it('that refuses at the end is reported as the part that failed, and the next run completes', async () => {
    const spot = await place()
    const registry = await serve(home)
    onTestFinished(() => registry.close())
    const hook = join(spot.remote, 'hooks', 'pre-receive')
    await writeFile(hook, '#!/bin/sh\necho not today >&2\nexit 1\n', { mode: 0o755 })
    const args = [await spot.chart('app', '1.0.0'), '--to', `oci://${registry.host}/charts`, '--to', spot.to]
    const refused = await spot.publish([...args, '-o', 'json'])
    expect(refused.code).toBe(7)
    expect(JSON.parse(refused.stdout).charts[0].destinations).toMatchObject([
      { kind: 'oci', status: 'done' },
      {
        kind: 'git',
        status: 'failed',
        error: { code: 'FORBIDDEN', message: expect.stringContaining('not today') },
      },
    ])
    await writeFile(hook, '#!/bin/sh\n')
    expect((await spot.publish(args)).code).toBe(0)
    expect(await everyArchiveIsThere(spot)).toEqual(['app-1.0.0.tgz'])
  })
})

describe('ten publishers that race for one branch', () => {
  it('all arrive, with no more fetches than a hundred', async () => {
    const spot = await place()
    const events = join(spot.folder, 'events')
    await mkdir(events)
    const names = Array.from({ length: 10 }, (_, i) => `app${i}`)
    const charts = await Promise.all(names.map((name) => spot.chart(name, '1.0.0')))
    const ended = await Promise.all(
      charts.map((chart) => spot.publish([chart, '--to', spot.to], { GIT_TRACE2_EVENT: events })),
    )
    expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual(names.map(() => [0, '']))
    expect(await everyArchiveIsThere(spot)).toEqual(names.map((name) => `${name}-1.0.0.tgz`))
    expect(await spot.git('rev-list', '--count', 'gh-pages')).toBe('10')
    expect(await spot.git('fsck', '--strict', '--no-dangling')).toBe('')
    const fetches = await commandsIn(events, 'fetch')
    expect(fetches).toBeGreaterThan(0)
    expect(fetches).toBeLessThanOrEqual(names.length ** 2)
    expect(await readdir(spot.tmp)).toEqual([])
  })
})

/** How often git was run as `name`, also by itself. */
async function commandsIn(events: string, name: string): Promise<number> {
  const texts = await Promise.all((await readdir(events)).map((file) => readFile(join(events, file), 'utf8')))
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.includes('"event":"cmd_name"') && line.includes(`"name":"${name}"`)).length
}

describe('a publisher that is killed', () => {
  it('leaves the branch as it was, or with the whole chart', async () => {
    const spot = await place()
    expect((await spot.publish([await spot.chart('app', '0.1.0'), '--to', spot.to])).code).toBe(0)
    const rounds = 12
    for (let round = 1; round <= rounds; round++) {
      const chart = await spot.chart('app', `1.${round}.0`)
      const child = spawn(process.execPath, [program, 'publish', chart, '--to', spot.to], {
        cwd: spot.folder,
        env: { ...home.env, TMPDIR: spot.tmp },
        stdio: 'ignore',
      })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      const timer = setTimeout(() => child.kill('SIGKILL'), 60 * round)
      await ended
      clearTimeout(timer)
      await everyArchiveIsThere(spot)
      expect(await spot.git('fsck', '--strict', '--no-dangling')).toBe('')
    }
    const last = await spot.publish([await spot.chart('app', '2.0.0'), '--to', spot.to])
    expect(last.code, last.stderr).toBe(0)
    expect(await everyArchiveIsThere(spot)).toContain('app-2.0.0.tgz')
  })

  it('by Ctrl-C removes its work copy', async () => {
    const spot = await place()
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      silent.closeAllConnections()
      silent.close()
    })
    const to = `git+http://127.0.0.1:${(silent.address() as AddressInfo).port}/charts.git#gh-pages`
    const args = [program, 'publish', await spot.chart('app', '1.0.0'), '--to', to]
    const env = { ...home.env, TMPDIR: spot.tmp }
    const child = spawn(process.execPath, args, { cwd: spot.folder, env, stdio: 'ignore' })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await new Promise((resolve) => silent.once('request', resolve))
    expect(await readdir(spot.tmp)).toHaveLength(1)
    child.kill('SIGINT')
    expect(await ended).toBe(1)
    expect(await readdir(spot.tmp)).toEqual([])
  })
})
