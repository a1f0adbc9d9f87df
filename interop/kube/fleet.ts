import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { good, password, passwordFile } from '../connections/site.ts'
import type { Home, Served } from '../workspace.ts'
import { ensureBuilt, serve, temporaryHome, writeChart } from '../workspace.ts'
import { chartroom } from './site.ts'

/** A home, and two registries of ours with versions 1.0.0, 1.1.0 and 2.0.0 of the chart `app` in `charts`. */
export interface Fleet {
  readonly home: Home
  readonly open: Served
  /** The user `me` reads and writes, nobody else. */
  readonly closed: Served
  readonly published: ReadonlyMap<string, PublishedChart>
  /** Variables by which programs find the login of `closed`, in docker's form. */
  readonly withLogin: Readonly<Record<string, string>>
}

export interface PublishedChart {
  /** Of the manifest. */
  readonly digest: string
  /** The archive's bytes. */
  readonly archive: Buffer
}

/** For the tests of a file. */
export function sharedFleet(): () => Fleet {
  let fleet: Fleet | undefined
  beforeAll(async () => {
    await ensureBuilt()
    const home = await temporaryHome()
    await writeFile(join(home.folder, 'users'), passwordFile)
    const open = await serve(home)
    const closed = await serve(home, ['--htpasswd', join(home.folder, 'users')])
    const withLogin = await dockerLogin(home, closed.host)
    const published = await publish(home, [open, closed], withLogin)
    fleet = { home, open, closed, withLogin, published }
  })
  afterAll(async () => {
    await fleet?.open.close()
    await fleet?.closed.close()
    await fleet?.home.remove()
  })
  return () => {
    if (fleet === undefined) throw new Error('the registries did not start')
    return fleet
  }
}

// Beside the home's own files, so that nothing finds it unless told.
async function dockerLogin({ folder }: Home, host: string): Promise<{ DOCKER_CONFIG: string }> {
  const DOCKER_CONFIG = join(folder, 'logged-in')
  await mkdir(DOCKER_CONFIG)
  const auth = Buffer.from(`me:${password}`).toString('base64')
  await writeFile(join(DOCKER_CONFIG, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }))
  return { DOCKER_CONFIG }
}

async function publish(
  home: Home,
  registries: readonly Served[],
  env: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, PublishedChart>> {
  const versions = ['1.0.0', '1.1.0', '2.0.0']
  const folders = versions.map((version) => `app-${version}`)
  for (const version of versions) {
    await writeChart(join(home.folder, `app-${version}`), { name: 'app', version })
  }
  const to = [...registries.map(({ host }) => `oci://${host}/charts`), 'archives']
  const args = ['publish', ...folders, ...to.flatMap((one) => ['--to', one]), '-o', 'json']
  const { charts } = JSON.parse(good(await chartroom(home, args, { env }))) as {
    charts: readonly { version: string; destinations: readonly { manifestDigest: string }[] }[]
  }
  const published = new Map<string, PublishedChart>()
  for (const { version, destinations } of charts) {
    const archive = await readFile(join(home.folder, 'archives', `app-${version}.tgz`))
    published.set(version, { digest: destinations[0]?.manifestDigest ?? '', archive })
  }
  return published
}
