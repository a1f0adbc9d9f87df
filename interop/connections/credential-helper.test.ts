import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { needPeer, needProgram } from '../peers/peers.ts'
import type { Ended } from '../workspace.ts'
import { ensureBuilt, run, serve, workspace } from '../workspace.ts'
import type { Site } from './site.ts'
import { good, openSite, password, passwordFile } from './site.ts'

beforeAll(ensureBuilt)

const helper = join(workspace, 'packages/cli/bin/docker-credential-chartroom.cjs')

interface Shop {
  readonly site: Site
  readonly host: string
  /** The file that chartroom and helm keep logins in. */
  readonly kept: string
  /** The verbs that the helper was asked, in order. */
  readonly verbs: () => Promise<string[]>
  readonly client: (program: string, args: readonly string[], input?: string) => Promise<Ended>
}

/** Our registry with a password file and one chart, and the helper on the PATH of clients, named by their files. */
async function shop(): Promise<Shop> {
  const site = await openSite()
  await writeFile(join(site.folder, 'users'), passwordFile)
  const registry = await serve(site, ['--htpasswd', join(site.folder, 'users')])
  onTestFinished(() => registry.close())
  const flags = ['--username', 'me', '--password-stdin']
  good(
    await site.chartroom(['publish', 'app', '--to', `oci://${registry.host}/charts`, ...flags], {
      input: password,
    }),
  )
  const bin = join(site.folder, 'bin')
  const log = join(site.folder, 'verbs')
  await mkdir(bin)
  await writeFile(log, '')
  const script = `#!/bin/sh\necho "$1" >> '${log}'\nexec '${process.execPath}' '${helper}' "$@"\n`
  await writeFile(join(bin, 'docker-credential-chartroom'), script)
  await chmod(join(bin, 'docker-credential-chartroom'), 0o755)
  await mkdir(join(site.folder, '.docker'))
  const config = { auths: {}, credsStore: 'chartroom', credHelpers: { [registry.host]: 'chartroom' } }
  await writeFile(join(site.folder, '.docker/config.json'), JSON.stringify(config))
  const env = { ...site.env, PATH: [bin, site.env['PATH']].join(delimiter) }
  return {
    site,
    host: registry.host,
    kept: join(site.folder, '.config/helm/registry/config.json'),
    verbs: async () => (await readFile(log, 'utf8')).split('\n').filter(Boolean),
    client: (program, args, input) => run(program, args, { cwd: site.folder, env, input }),
  }
}

type Client = readonly [name: string, program: () => string, args: (host: string) => string[]]

const readers: readonly Client[] = [
  [
    'helm',
    () => needPeer('helm-4.2.4'),
    (host) => ['pull', `oci://${host}/charts/app`, '--version', '1.0.0', '--plain-http'],
  ],
  [
    'oras',
    () => needPeer('oras-1.3.3'),
    (host) => ['manifest', 'fetch', '--plain-http', `${host}/charts/app:1.0.0`],
  ],
  ['crane', () => needPeer('crane-0.21.9'), (host) => ['manifest', '--insecure', `${host}/charts/app:1.0.0`]],
  [
    'skopeo',
    () => needProgram('skopeo'),
    (host) => ['inspect', '--raw', '--tls-verify=false', `docker://${host}/charts/app:1.0.0`],
  ],
]

const writers: readonly Client[] = [
  [
    'oras',
    () => needPeer('oras-1.3.3'),
    (host) => ['login', '--plain-http', host, '--username', 'me', '--password-stdin'],
  ],
  [
    'crane',
    () => needPeer('crane-0.21.9'),
    (host) => ['auth', 'login', host, '-u', 'me', '--password-stdin'],
  ],
]

describe('docker-credential-chartroom', () => {
  it.each(readers)('gives %s the login that chartroom has', async (_, program, args) => {
    const { site, host, client, verbs } = await shop()
    expect((await client(program(), args(host))).code).not.toBe(0)
    good(await site.chartroom(['login', host, '--username', 'me', '--password-stdin'], { input: password }))
    good(await client(program(), args(host)))
    expect(new Set(await verbs())).toEqual(new Set(['get']))
  })

  it.each(writers)('keeps for %s a login that chartroom then uses', async (_, program, args) => {
    const { site, host, kept, client, verbs } = await shop()
    good(await client(program(), args(host), password))
    expect(await verbs()).toContain('store')
    const auth = Buffer.from(`me:${password}`).toString('base64')
    expect(JSON.parse(await readFile(kept, 'utf8'))).toEqual({ auths: { [host]: { auth } } })
    good(await site.chartroom(['pull', `oci://${host}/charts/app`]))
  })

  it('keeps and forgets the login of helm, whose file names it', async () => {
    const { site, host, kept, client, verbs } = await shop()
    await mkdir(join(site.folder, '.config/helm/registry'), { recursive: true })
    await writeFile(kept, '{"credsStore":"chartroom"}')
    const helm = needPeer('helm-4.2.4')
    good(
      await client(
        helm,
        ['registry', 'login', host, '--plain-http', '-u', 'me', '--password-stdin'],
        password,
      ),
    )
    good(await client(helm, ['pull', `oci://${host}/charts/app`, '--version', '1.0.0', '--plain-http']))
    good(await site.chartroom(['pull', `oci://${host}/charts/app`, '-d', 'ours']))
    good(await client(helm, ['registry', 'logout', host]))
    expect(await verbs()).toEqual(expect.arrayContaining(['store', 'get', 'erase']))
    expect((await site.chartroom(['pull', `oci://${host}/charts/app`])).code).toBe(3)
  })
})
