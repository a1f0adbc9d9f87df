import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { createAuthority, startTokenServer } from '@chartroom/testkit'
import bcrypt from 'bcryptjs'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Ended } from '../workspace.ts'
import { ensureBuilt, serve } from '../workspace.ts'
import { startForwardProxy } from './forward-proxy.ts'
import type { Site } from './site.ts'
import { distribution, openSite, passwordFile } from './site.ts'

beforeAll(ensureBuilt)

const files = [
  '.config/helm/registry/config.json',
  '.docker/config.json',
  '.config/containers/auth.json',
] as const

/** What may be seen nowhere. */
const secrets = {
  given: 'Plantéd/given+1',
  helm: 'planted-helm-2',
  docker: 'planted-docker-3',
  podman: 'planted-podman-4',
  helper: 'planted-helper-5',
  refresh: 'planted-refresh-6',
  proxy: 'planted-proxy-8',
  url: 'planted-url-9',
  github: 'ghp_planted10',
  docked: 'planted-dockerhub-11',
  aws: 'planted-aws-12',
  azure: 'planted-azure-13',
  jfrog: 'planted-jfrog-14',
  stray: 'planted-stray-15',
} as const

/** A secret as it is, and as it travels. */
function formsOf(secret: string): string[] {
  const encoded = ['', 'me:', 'robot$ci:', '<token>:'].map((user) =>
    Buffer.from(user + secret).toString('base64'),
  )
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    ...encoded,
    ...encoded.map((text) => text.replace(/=+$/, '')),
  ]
}

function seenIn(text: string): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    formsOf(secret).some((form) => text.includes(form)) ? [name] : [],
  )
}

const auth = (secret: string): { auth: string } => ({ auth: Buffer.from(`me:${secret}`).toString('base64') })

interface Plant {
  readonly site: Site
  readonly env: Readonly<Record<string, string>>
  /** `NAME ARGUMENTS` of each program that was started. */
  readonly started: () => Promise<string>
}

/** A home with a secret in every place, and programs that write down how they were started. */
async function plant(): Promise<Plant> {
  const site = await openSite()
  const bin = join(site.folder, 'bin')
  const log = join(site.folder, 'started')
  await mkdir(bin)
  await writeFile(log, '')
  const program = async (name: string, script: string): Promise<void> => {
    const path = join(bin, name)
    await writeFile(
      path,
      `#!/bin/sh\necho "${name} $*" >> '${log}'\ntr '\\0' ' ' < /proc/$$/cmdline >> '${log}'\n${script}\n`,
    )
    await chmod(path, 0o755)
  }
  await program('docker-credential-planted', `echo '{"Username":"me","Secret":"${secrets.helper}"}'`)
  await program(
    'docker-credential-talks',
    `cat >/dev/null; echo 'no: ${secrets.stray} {"Secret":"${secrets.stray}"}'; echo '${secrets.stray}' >&2; exit 1`,
  )
  await program('docker-credential-garbage', `echo '${secrets.stray}'`)
  for (const name of ['gh', 'aws', 'az', 'gcloud']) await program(name, 'exit 1')
  const write = async (path: string, content: unknown): Promise<void> => {
    await mkdir(join(site.folder, path, '..'), { recursive: true })
    await writeFile(join(site.folder, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  const env = {
    PATH: [bin, site.env['PATH']].join(delimiter),
    GITHUB_TOKEN: secrets.github,
    GITHUB_ACTOR: 'me',
    DOCKERHUB_USERNAME: 'me',
    DOCKERHUB_TOKEN: secrets.docked,
    AWS_ACCESS_KEY_ID: 'AKIAPLANTED',
    AWS_SECRET_ACCESS_KEY: secrets.aws,
    AZURE_CLIENT_SECRET: secrets.azure,
    JFROG_ACCESS_TOKEN: secrets.jfrog,
  }
  await write('.config/helm/registry/config.json', {
    auths: {
      'helm.test': auth(secrets.helm),
    },
    credHelpers: { 'helper.test': 'planted', 'talks.test': 'talks', 'garbage.test': 'garbage' },
  })
  await write('.docker/config.json', { auths: { 'docker.test': auth(secrets.docker) } })
  await write('.config/containers/auth.json', { auths: { 'podman.test/team': auth(secrets.podman) } })
  return { site, env, started: () => readFile(log, 'utf8') }
}

const modes: readonly Readonly<Record<string, string>>[] = [
  { CHARTROOM_OUTPUT: 'table' },
  { CHARTROOM_DEBUG: '1' },
  { CHARTROOM_DEBUG: '1', CHARTROOM_OUTPUT: 'json' },
  { CHARTROOM_OUTPUT: 'yaml' },
]

/** All that commands say about a registry. */
async function visit(site: Site, host: string, env: Readonly<Record<string, string>>): Promise<string> {
  const calls = [
    ['doctor', `oci://${host}/team/app:1.0.0`],
    ['versions', `oci://${host}/team/app`],
    ['publish', 'app', '--to', `oci://${host}/team`],
    ['pull', `oci://${host}/team/app`],
  ]
  const said: string[] = []
  for (const args of calls) {
    const { stdout, stderr } = await site.chartroom(args, { env })
    said.push(`$ ${args.join(' ')}\n${stdout}\n${stderr}`)
  }
  return said.join('\n')
}

describe('no secret is seen', () => {
  it('whatever a registry answers, in no output and in no argument of a program', {
    timeout: 120_000,
  }, async () => {
    const { site, env, started } = await plant()
    const authority = createAuthority()
    await writeFile(join(site.folder, 'ca.pem'), authority.certificate)
    const names = ['helm', 'docker', 'podman', 'helper', 'talks', 'garbage'].map((name) => `${name}.test`)
    const { host } = await distribution({ tls: authority.certify(names), htpasswd: passwordFile })
    const port = host.split(':')[1] ?? ''
    const proxy = await startForwardProxy(`me:${secrets.proxy}`)
    onTestFinished(() => proxy.close())
    const everything = { ...env, HTTPS_PROXY: proxy.url, SSL_CERT_FILE: join(site.folder, 'ca.pem') }
    // The files name hosts without a port.
    for (const file of files) {
      const path = join(site.folder, file)
      await writeFile(path, (await readFile(path, 'utf8')).replaceAll('.test', `.test:${port}`))
    }
    const said: string[] = []
    for (const [index, name] of names.entries())
      said.push(await visit(site, `${name}:${port}`, { ...everything, ...modes[index % modes.length] }))
    expect(said.flatMap(seenIn), said.join('\n')).toEqual([])
    expect(seenIn(await started())).toEqual([])
    expect(await started()).toMatch(/docker-credential-planted get\n.*docker-credential-planted get/)
    expect(proxy.asked.length).toBeGreaterThan(names.length)
  })

  it.each(['identitytoken', 'registrytoken'])(
    'of a token that is kept as %s',
    { timeout: 60_000 },
    async (kind) => {
      const { site, env } = await plant()
      const service = await startTokenServer({ users: {} })
      onTestFinished(() => service.close())
      const { host } = await distribution({ token: service })
      const config = { auths: { [host]: { [kind]: secrets.refresh } } }
      await writeFile(join(site.folder, files[0]), JSON.stringify(config))
      for (const mode of modes) {
        const said = await visit(site, host, { ...env, ...mode })
        expect(said).toContain('UNAUTHENTICATED')
        expect(seenIn(said), said).toEqual([])
      }
    },
  )

  it('where logins are made, kept and removed', { timeout: 60_000 }, async () => {
    const { site, env, started } = await plant()
    await writeFile(join(site.folder, 'users'), `me:${bcrypt.hashSync(secrets.given, 4)}\n`)
    const registry = await serve(site, ['--htpasswd', join(site.folder, 'users')])
    onTestFinished(() => registry.close())
    const { host, url } = registry
    const said: Ended[] = []
    const call = async (
      args: readonly string[],
      input?: string,
      more: Record<string, string> = {},
    ): Promise<void> => {
      said.push(await site.chartroom(args, { env: { ...env, CHARTROOM_DEBUG: '1', ...more }, input }))
    }
    const flags = ['--username', 'me', '--password-stdin']
    await call(['login', host, ...flags], secrets.given)
    await call(['login', host, ...flags], secrets.stray)
    await call(['login', `${host}/team`, ...flags], secrets.given)
    await call(['publish', 'app', '--to', `oci://${host}/team`, '--to', './site'])
    await call(['repo', 'add', 'shop', `${url}/helm/team`, ...flags], secrets.given)
    await call(['repo', 'add', 'other', `http://me:${secrets.url}@${host}/helm/team`])
    await call(['repo', 'list', '-o', 'json'])
    await call(['pull', `http://me:${secrets.url}@${host}/helm/team/app-1.0.0.tgz`])
    await call(['pull', 'app', '--repo', `http://me:${secrets.url}@${host}/helm/team`])
    await call(['doctor', `oci://${host}/team/app:1.0.0`, '-o', 'json'])
    await call(['doctor', `oci://me:${secrets.url}@${host}/team/app`])
    await call(['doctor'], undefined, { HTTPS_PROXY: `http://me:${secrets.proxy}@127.0.0.1:1` })
    await call(['versions', `oci://${host}/team/app`], undefined, {
      CHARTROOM_USERNAME: 'me',
      CHARTROOM_PASSWORD: secrets.stray,
    })
    await call(['logout', host])
    await call(['logout', `${host}/team`])
    expect(
      said.map(({ stdout, stderr }) => seenIn(stdout + stderr)).flat(),
      said.map(({ stderr }) => stderr).join(''),
    ).toEqual([])
    expect(seenIn(await started())).toEqual([])
    for (const file of await readdir(join(site.folder, 'site')))
      expect(seenIn((await readFile(join(site.folder, 'site', file))).toString('latin1'))).toEqual([])
  })
})
