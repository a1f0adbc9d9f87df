import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashSync } from 'bcryptjs'
import { afterAll, expect } from 'vitest'
import type { PeerName } from '../peers/peers.ts'
import { needPeer } from '../peers/peers.ts'
import type { OtherRegistry } from '../registries.ts'
import { startDistribution } from '../registries.ts'
import type { Ended, Home, Served } from '../workspace.ts'
import { ensureBuilt, program, run, serve, temporaryHome, writeChart } from '../workspace.ts'
import { blocksOf } from './block.ts'
import type { Website } from './website.ts'
import { startWebsite } from './website.ts'

/** Three charts in a registry and on a website, for everybody, and a registry whose rights are those of docs/access.md. */
export interface Offer {
  readonly home: Home
  readonly site: Website
  readonly registry: OtherRegistry
  readonly guarded: Served
  /** Our program, as somebody with a login at the guarded registry, or as nobody. */
  readonly oursAs: (user: string | undefined, ...args: string[]) => Promise<Ended>
  readonly peerAs: (user: string | undefined, name: PeerName, ...args: string[]) => Promise<Ended>
  /** The chart `app` into a folder of the home, which is made. */
  fromRegistry(name: PeerName, to: string): Promise<Ended>
  fromSite(name: PeerName, to: string): Promise<Ended>
  digestOf(path: string): Promise<string>
  readonly path: (name: string) => string
  close(): Promise<void>
}

/** One for the tests of a file, opened by the first that asks: where a program is not installed, that one is skipped. */
export function sharedOffer(): () => Promise<Offer> {
  let opened: Promise<Offer> | undefined
  afterAll(async () => (await opened)?.close())
  return () => {
    needPeer('registry-3.1.1')
    opened ??= openOffer()
    return opened
  }
}

async function openOffer(): Promise<Offer> {
  await ensureBuilt()
  const home = await temporaryHome()
  const path = (name: string): string => join(home.folder, name)
  const site = await startWebsite(path('site'))
  const registry = await startDistribution()
  const guarded = await startGuarded(home)
  const envOf = async (user: string | undefined): Promise<Home['env']> => {
    const folder = path(`home-${user ?? 'nobody'}`)
    await mkdir(join(folder, '.docker'), { recursive: true })
    const auth = Buffer.from(`${user}:sesame`).toString('base64')
    const auths = user === undefined ? {} : { [guarded.host]: { auth } }
    await writeFile(join(folder, '.docker', 'config.json'), JSON.stringify({ auths }))
    return { ...home.env, HOME: folder, DOCKER_CONFIG: join(folder, '.docker') }
  }
  const oursAs: Offer['oursAs'] = async (user, ...args) =>
    run(process.execPath, [program, ...args], { cwd: home.folder, env: await envOf(user) })
  const peerAs: Offer['peerAs'] = async (user, name, ...args) =>
    run(needPeer(name), args, {
      cwd: home.folder,
      env: { ...(await envOf(user)), ...helmFolders(path(`home-of-${name}-${user ?? 'nobody'}`)) },
    })
  const pull = async (name: PeerName, to: string, args: readonly string[]): Promise<Ended> => {
    await mkdir(path(to), { recursive: true })
    return peerAs(undefined, name, 'pull', ...args, '-d', path(to))
  }
  // helm before 3.13 does not know the flag, and needs none on this machine.
  const plain = (name: PeerName): string[] => (/-3\.[0-9]\./.test(name) ? [] : ['--plain-http'])
  for (const name of ['app', 'other', 'third']) {
    await writeChart(path(name), { name, version: '1.0.0' })
    const to = ['--to', `oci://${registry.host}/charts`, '--to', 'site']
    await good(oursAs(undefined, 'publish', name, ...to))
  }
  return {
    ...{ home, site, registry, guarded, oursAs, peerAs, path },
    fromRegistry: (name, to) =>
      pull(name, to, [`oci://${registry.host}/charts/app`, '--version', '1.0.0', ...plain(name)]),
    fromSite: (name, to) => pull(name, to, ['app', '--repo', site.url]),
    digestOf: async (name) =>
      createHash('sha256')
        .update(await readFile(path(name)))
        .digest('hex'),
    async close() {
      await guarded.close()
      await registry.close()
      await site.close()
      await home.remove()
    },
  }
}

/** The file that docs/access.md shows, and its users. */
async function startGuarded(home: Home): Promise<Served> {
  const [users, access] = [join(home.folder, 'users'), join(home.folder, 'access.yaml')]
  const hash = hashSync('sesame', 4)
  const names = ['team-a', 'team-b', 'reader', 'admin']
  await writeFile(users, names.map((name) => `${name}:${hash}\n`).join(''))
  const [rules] = blocksOf('docs/access.md').filter(({ info }) => info === 'yaml')
  await writeFile(access, rules?.text ?? '')
  return serve(home, ['--htpasswd', users, '--access', access])
}

/** Each helm has its own folders: their files differ between majors. */
function helmFolders(base: string): Record<string, string> {
  return {
    HELM_CACHE_HOME: join(base, 'cache'),
    HELM_CONFIG_HOME: join(base, 'config'),
    HELM_DATA_HOME: join(base, 'data'),
  }
}

/** What a program printed that must end well. */
export async function good(running: Promise<Ended>): Promise<string> {
  const { code, stdout, stderr } = await running
  expect(code, stdout + stderr).toBe(0)
  return stdout
}

/** A program must fail, and say why. */
export async function refused(running: Promise<Ended>, why: RegExp): Promise<void> {
  const { code, stdout, stderr } = await running
  expect(code, stdout + stderr).not.toBe(0)
  expect(stdout + stderr).toMatch(why)
}
