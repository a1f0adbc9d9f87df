import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashSync } from 'bcryptjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blocksOf } from '../docs/block.ts'
import { needPeer } from '../peers/peers.ts'
import type { Ended, Home, Served } from '../workspace.ts'
import { ensureBuilt, program, run, serve, temporaryHome, workspace, writeChart } from '../workspace.ts'

let home: Home
let registry: Served

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  // The file that the page shows is the one that is tried here.
  const [rules] = blocksOf('docs/access.md').filter(({ info }) => info === 'yaml')
  await writeFile(join(home.folder, 'access.yaml'), rules?.text ?? '')
  const hash = hashSync('sesame', 4)
  const users = ['team-a', 'team-b', 'reader', 'admin']
  await writeFile(join(home.folder, 'users'), users.map((user) => `${user}:${hash}\n`).join(''))
  registry = await serve(home, [
    ...['--htpasswd', join(home.folder, 'users')],
    ...['--access', join(home.folder, 'access.yaml')],
  ])
  for (const team of ['a', 'b']) {
    await writeChart(join(home.folder, `app-${team}`), { name: `app-${team}`, version: '1.0.0' })
    const to = `oci://${registry.host}/${team}`
    expect(await ours(`team-${team}`, 'publish', `app-${team}`, '--to', to)).toMatchObject({ code: 0 })
  }
  await writeChart(join(home.folder, 'open'), { name: 'open', version: '1.0.0' })
  const published = await ours('admin', 'publish', 'open', '--to', `oci://${registry.host}/public`)
  expect(published).toMatchObject({ code: 0 })
})

afterAll(async () => {
  await registry?.close()
  await home?.remove()
})

/** Somebody's home, with his login in Docker's file. */
async function envOf(user: string | undefined): Promise<Record<string, string | undefined>> {
  const folder = join(home.folder, `home-${user ?? 'nobody'}`)
  await mkdir(join(folder, '.docker'), { recursive: true })
  const auth = Buffer.from(`${user}:sesame`).toString('base64')
  const auths = user === undefined ? {} : { [registry.host]: { auth } }
  await writeFile(join(folder, '.docker', 'config.json'), JSON.stringify({ auths }))
  const helm = {
    HELM_CACHE_HOME: join(folder, 'cache'),
    HELM_CONFIG_HOME: join(folder, 'config'),
    HELM_DATA_HOME: join(folder, 'data'),
  }
  return { ...home.env, ...helm, HOME: folder, DOCKER_CONFIG: join(folder, '.docker') }
}

async function ours(user: string | undefined, ...args: string[]): Promise<Ended> {
  return run(process.execPath, [program, ...args], { cwd: home.folder, env: await envOf(user) })
}

async function peer(
  user: string | undefined,
  ...[name, ...args]: [name: Parameters<typeof needPeer>[0], ...args: string[]]
): Promise<Ended> {
  return run(needPeer(name), args, { cwd: home.folder, env: await envOf(user) })
}

describe('serve --access', () => {
  it('S1c S29c S43 S51b lets a reader pull and refuses him a push with exit 3 and a sentence', async () => {
    const pulled = await ours('reader', 'pull', `oci://${registry.host}/a/app-a`, '-d', 'pulled')
    expect(pulled).toMatchObject({ code: 0 })
    await writeChart(join(home.folder, 'app-a'), { name: 'app-a', version: '1.1.0' })
    for (const args of [
      ['publish', 'app-a', '--to', `oci://${registry.host}/a`],
      ['tag', `oci://${registry.host}/a/app-a:1.0.0`, 'latest'],
      ['delete', `oci://${registry.host}/a/app-a:1.0.0`, '--yes'],
    ]) {
      const { code, stderr } = await ours('reader', ...args)
      expect([args[0], code, stderr]).toEqual([
        args[0],
        3,
        expect.stringMatching(/reader may not (push to|delete from) a\/app-a.*\(FORBIDDEN\)\nHint: /),
      ])
    }
    const helm = ['pull', `oci://${registry.host}/a/app-a`, '--version', '1.0.0', '--plain-http'] as const
    expect(await peer('reader', 'helm-4.2.4', ...helm)).toMatchObject({ code: 0 })
    await ours('reader', 'package', 'app-a', '-d', 'packed')
    const push = ['push', 'packed/app-a-1.1.0.tgz', `oci://${registry.host}/a`, '--plain-http']
    const refused = await peer('reader', 'helm-4.2.4', ...push)
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/403.*may not push to a\/app-a/),
    ])
    expect(await peer('team-a', 'helm-4.2.4', ...push)).toMatchObject({ code: 0 })
  })

  it('S1e S29f keeps a tenant from seeing, pulling and listing another’s charts, also with crane, oras and helm', async () => {
    const absent = await ours('team-a', 'pull', `oci://${registry.host}/b/app-b`)
    const nothing = await ours('team-a', 'pull', `oci://${registry.host}/b/app-z`)
    expect(absent.code).toBe(4)
    expect(absent.stderr.replaceAll('app-b', 'app-z')).toBe(nothing.stderr)
    const catalog = await peer('team-a', 'crane-0.21.9', 'catalog', '--insecure', registry.host)
    expect(catalog.stdout.trim().split('\n').sort()).toEqual(['a/app-a', 'public/open'])
    const { charts } = JSON.parse(
      (await ours('team-a', 'charts', `oci://${registry.host}`, '-o', 'json')).stdout,
    ) as {
      charts: { name: string }[]
    }
    expect(charts.map(({ name }) => name)).toEqual(['app-a', 'open'])
    const tags = await peer(
      'team-a',
      'oras-1.3.3',
      'repo',
      'tags',
      '--plain-http',
      `${registry.host}/b/app-b`,
    )
    expect([tags.code, tags.stderr]).toEqual([1, expect.stringMatching(/there is no repository b\/app-b/)])
    const copied = await peer(
      'team-a',
      ...(['crane-0.21.9', 'copy', '--insecure'] as const),
      `${registry.host}/b/app-b:1.0.0`,
      `${registry.host}/a/stolen:1.0.0`,
    )
    expect(copied.code).not.toBe(0)
    const login = ['--username', 'team-a', '--password', 'sesame'] as const
    for (const [space, code] of [
      ['b', 1],
      ['a', 0],
    ] as const) {
      const url = `${registry.url}/helm/${space}`
      expect(
        await peer('team-a', 'helm-4.2.4', 'repo', 'add', `space-${space}`, url, ...login),
      ).toMatchObject({ code })
    }
  })

  it('S1e gives nobody more than everybody’s charts', async () => {
    expect(await ours(undefined, 'pull', `oci://${registry.host}/public/open`)).toMatchObject({ code: 0 })
    const refused = await ours(undefined, 'pull', `oci://${registry.host}/a/app-a`)
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('(ANONYMOUS_REFUSED)')])
    const classic = await ours(undefined, 'pull', 'open', '--repo', `${registry.url}/helm/public`)
    expect(classic).toMatchObject({ code: 0 })
    const { stdout } = await ours(undefined, 'charts', `oci://${registry.host}`)
    expect(stdout).toContain('public/open')
    expect(stdout).not.toContain('app-')
  })

  it.each([
    ['without passwords', ['--access', 'access.yaml'], /has no way to log in/],
    ['with a file that is not there', ['--access', 'none.yaml', '--htpasswd', 'users'], /no access file/],
    [
      'with --anonymous-pull',
      ['--access', 'access.yaml', '--htpasswd', 'users', '--anonymous-pull'],
      /matter of that file/,
    ],
  ])('is refused %s', async (_, flags, message) => {
    const { stderr } = await ours(undefined, 'serve', '--addr', '127.0.0.1:0', '--storage', 'other', ...flags)
    expect(stderr).toMatch(message)
  })
})

describe('docs/choosing.md', () => {
  it('S29c S29f say how rights and tenants are kept in either way, which the tests above try', async () => {
    const page = await readFile(join(workspace, 'docs', 'choosing.md'), 'utf8')
    expect(page).toMatch(
      /\| who may read and write \| rights for each repository.*\| rights for the whole site/,
    )
    expect(page).toMatch(/\| several teams \| a path for each, with its own rights.*\| a site for each/)
    expect(page).toContain('(access.md)')
  })
})
