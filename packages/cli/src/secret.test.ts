import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { Readable } from 'node:stream'
import { parseYaml, parseYamlDocuments } from '@chartroom/go'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Called } from './testing/call.ts'
import { run } from './run.ts'

const password = 'hunter2-s3cret'

interface Desk {
  readonly home: string
  readonly chartroom: (argv: readonly string[], input?: string, terminal?: boolean) => Promise<Called>
  readonly write: (path: string, content: unknown) => string
}

/** An empty home, and the command line with a standard input of its own. */
function desk(more: Record<string, string> = {}): Desk {
  const home = mkdtempSync(join(tmpdir(), 'chartroom-secret-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const env = { HOME: home, PATH: `${join(home, 'bin')}${delimiter}${process.env['PATH']}`, ...more }
  return {
    home,
    async chartroom(argv, input = '', terminal = false) {
      let stdout = ''
      let stderr = ''
      const io = {
        stdin: Object.assign(Readable.from([Buffer.from(input)]), { isTTY: false }) as never,
        outIsTerminal: terminal,
        errIsTerminal: false,
        columns: 100,
        fancy: false,
        out: (text: string) => void (stdout += text),
        err: (text: string) => void (stderr += text),
      }
      const code = await run(argv, io, { env, cwd: home, platform: process.platform })
      return { code, stdout, stderr }
    },
    write(path, content) {
      const target = join(home, path)
      mkdirSync(join(target, '..'), { recursive: true })
      writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content))
      return target
    },
  }
}

function keep({ write }: Desk, server: string, username = 'me', secret = password): void {
  const auth = Buffer.from(`${username}:${secret}`).toString('base64')
  write('.docker/config.json', { auths: { [server]: { auth } } })
}

interface SecretObject {
  readonly metadata: { readonly name: string; readonly namespace: string }
  readonly type: string
  readonly data: Readonly<Record<string, string>>
}

/** The Secret that was printed, with its data decoded. */
function read({ code, stdout, stderr }: Called): SecretObject {
  expect([code, stderr.includes(password)]).toEqual([0, false])
  const object = parseYaml(stdout.replace(/^---\n/, '')) as unknown as SecretObject
  const data = Object.fromEntries(
    Object.entries(object.data).map(([key, text]) => [key, Buffer.from(text, 'base64').toString('utf8')]),
  )
  return { ...object, data }
}

const auths = (server: string, username = 'me', secret = password): string =>
  JSON.stringify({
    auths: {
      [server]: { username, password: secret, auth: Buffer.from(`${username}:${secret}`).toString('base64') },
    },
  })

const given = ['--username', 'me', '--password-stdin']

describe('secret', () => {
  it('S36 writes a pull secret that decodes to a dockerconfigjson, from standard input', async () => {
    const { chartroom } = desk()
    const called = await chartroom(
      ['secret', 'image-pull', '--registry', 'ghcr.io', '-n', 'app', ...given],
      `${password}\n`,
    )
    expect(read(called)).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'ghcr-io-login', namespace: 'app' },
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': auths('ghcr.io') },
    })
    expect(called.stderr).toContain('imagePullSecrets[0].name=ghcr-io-login')
    expect(called.stderr).toContain('serves the kubelet alone')
  })

  it('S36 takes the login that is kept, and no program that it starts has it in its arguments', async () => {
    const here = desk()
    const log = join(here.home, 'arguments')
    const helper = here.write(
      'bin/docker-credential-vault',
      `#!/bin/sh\n{ printf '%s\\n' "$0" "$@"; tr '\\0' '\\n' < /proc/$$/cmdline; tr '\\0' '\\n' < /proc/$PPID/cmdline; } >> '${log}'\ncat > /dev/null\nprintf '{"ServerURL":"x","Username":"me","Secret":"${password}"}'\n`,
    )
    chmodSync(helper, 0o755)
    here.write('.docker/config.json', { credHelpers: { 'registry.test:5000': 'vault' } })
    for (const reader of ['image-pull', 'argocd', 'flux']) {
      const called = await here.chartroom(['secret', reader, '--registry', 'registry.test:5000'])
      expect(called.stdout).toContain('kind: Secret')
      expect(read(called).data).not.toEqual({})
    }
    const started = readFileSync(log, 'utf8')
    expect(started).toContain('get')
    expect(started).not.toContain(password)
  })

  it('S36 names Docker Hub as the kubelet does, and a path where one is meant', async () => {
    const { chartroom } = desk()
    const kubelet = (registry: string): Promise<Called> =>
      chartroom(['secret', 'image-pull', '--registry', registry, ...given], password)
    expect(read(await kubelet('docker.io')).data['.dockerconfigjson']).toBe(
      auths('https://index.docker.io/v1/'),
    )
    expect(read(await kubelet('oci://registry.test/team/')).data['.dockerconfigjson']).toBe(
      auths('registry.test/team'),
    )
  })

  it.each([
    [['--registry', 'ghcr.io'], { type: 'oci', url: 'oci://ghcr.io/' }],
    [['--registry', 'ghcr.io/me'], { type: 'oci', url: 'oci://ghcr.io/me/' }],
    [['--registry', 'ghcr.io', '--form', 'classic'], { type: 'helm', url: 'ghcr.io/', enableOCI: 'true' }],
    [
      ['--registry', 'ghcr.io/me', '--argocd-version', '3.0'],
      { type: 'helm', url: 'ghcr.io/me', enableOCI: 'true' },
    ],
    [
      ['--registry', 'ghcr.io/me/app', '--scope', 'repository'],
      { type: 'oci', url: 'oci://ghcr.io/me/app', name: 'ghcr-io-login' },
    ],
    [['--registry', 'https://example.com/charts/'], { type: 'helm', url: 'https://example.com/charts' }],
    [
      ['--registry', 'localhost:5000'],
      { type: 'oci', url: 'oci://localhost:5000/', insecureOCIForceHttp: 'true' },
    ],
  ])('writes for Argo CD what %j asks for', async (flags, data) => {
    const called = await desk().chartroom(['secret', 'argocd', ...flags, ...given], password)
    expect(read(called)).toMatchObject({ metadata: { namespace: 'argocd' }, type: 'Opaque' })
    expect(read(called).data).toEqual({ ...data, username: 'me', password })
  })

  it('writes for Flux a docker config, and user and password for a classic repository', async () => {
    const { chartroom } = desk()
    const flux = (registry: string): Promise<Called> =>
      chartroom(['secret', 'flux', '--registry', registry, '--name', 'pull', ...given], password)
    expect(read(await flux('ghcr.io'))).toMatchObject({
      metadata: { name: 'pull', namespace: 'flux-system' },
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': auths('ghcr.io') },
    })
    expect(read(await flux('ghcr.io/me')).data['.dockerconfigjson']).toBe(auths('ghcr.io'))
    expect(read(await flux('https://example.com/charts'))).toMatchObject({
      type: 'Opaque',
      data: { username: 'me', password },
    })
  })

  it('takes the login of an added repository', async () => {
    const here = desk()
    here.write(
      '.config/helm/repositories.yaml',
      `apiVersion: ""\nrepositories:\n- name: team\n  url: https://example.com/charts\n  username: me\n  password: ${password}\n`,
    )
    const called = await here.chartroom(['secret', 'flux', '--registry', 'https://example.com/charts/'])
    expect(read(called).data).toEqual({ username: 'me', password })
    const both = await here.chartroom([
      ...['gitops', 'argocd', 'team/app', '--offline', '--version', '1.0.0', '--secret'],
    ])
    expect(parseYamlDocuments(both.stdout)).toMatchObject([
      { kind: 'Secret', data: { url: Buffer.from('https://example.com/charts').toString('base64') } },
      { kind: 'Application', spec: { source: { repoURL: 'https://example.com/charts' } } },
    ])
  })

  it('warns of a login that ends by itself, and names what does not', async () => {
    const here = desk()
    const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com'
    keep(here, host, 'AWS')
    for (const [reader, instead] of [
      ['image-pull', 'the role of the nodes'],
      ['argocd', 'External Secrets'],
      ['flux', 'provider: aws'],
    ] as const) {
      const { stderr } = await here.chartroom(['secret', reader, '--registry', host])
      expect(stderr).toContain('ends within 12 hours')
      expect(stderr).toContain(instead)
    }
  })

  it('gives a refresh token of Azure the name that goes with it, and refuses other tokens', async () => {
    const here = desk()
    here.write('.docker/config.json', {
      auths: { 'mine.azurecr.io': { identitytoken: password }, 'other.test': { identitytoken: password } },
    })
    const called = await here.chartroom(['secret', 'image-pull', '--registry', 'mine.azurecr.io'])
    expect(read(called).data['.dockerconfigjson']).toBe(
      auths('mine.azurecr.io', '00000000-0000-0000-0000-000000000000'),
    )
    const refused = await here.chartroom(['secret', 'image-pull', '--registry', 'other.test'])
    expect([refused.code, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).toMatch(/token that no Secret can carry/)
    expect(refused.stderr).not.toContain(password)
  })

  it('says on a terminal that the Secret is in the open', async () => {
    const { chartroom } = desk()
    const argv = ['secret', 'flux', '--registry', 'ghcr.io', ...given]
    expect((await chartroom(argv, password, true)).stderr).toMatch(/kubectl apply -f -, or seal it/)
    expect((await chartroom(argv, password)).stderr).not.toMatch(/seal it/)
  })

  it('prints JSON', async () => {
    const argv = ['secret', 'flux', '--registry', 'ghcr.io', ...given, '-o', 'json']
    const { stdout } = await desk().chartroom(argv, password)
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'Secret', metadata: { name: 'ghcr-io-login' } })
  })

  it.each([
    ['no registry', ['image-pull'], 2, /--registry is missing/],
    ['no login', ['image-pull', '--registry', 'ghcr.io'], 3, /no login for ghcr\.io was found/],
    [
      'no password',
      ['image-pull', '--registry', 'ghcr.io', '--username', 'me'],
      2,
      /--password-stdin is missing/,
    ],
    ['a URL for the kubelet', ['image-pull', '--registry', 'https://ghcr.io'], 2, /no scheme/],
    ['a path of Docker Hub', ['image-pull', '--registry', 'docker.io/me'], 2, /not found by the kubelet/],
    ['a tag', ['flux', '--registry', 'ghcr.io/me:1'], 2, /holds a tag/],
    ['a host that is none', ['flux', '--registry', 'a b'], 2, /--registry "a b" is no host/],
    ['an empty host', ['flux', '--registry', ''], 2, /--registry "" is no host[^]*such as ghcr\.io/],
    [
      'a path in upper case',
      ['flux', '--registry', 'ghcr.io/Me'],
      2,
      /ghcr\.io\/Me is not a reference[^]*HOST\/PATH\./,
    ],
    ['a line break', ['flux', '--registry', 'ghcr.io\n---\nkind: Pod'], 2, /not a reference|no host/],
    [
      'a login in the address',
      ['flux', '--registry', `https://me:${password}@h.test`],
      2,
      /holds no user name/,
    ],
    ['a login in the host', ['flux', '--registry', `me:${password}@h.test`], 2, /holds no user name/],
    ['a namespace', ['flux', '--registry', 'ghcr.io', '-n', 'A', ...given], 2, /--namespace/],
    ['a name', ['flux', '--registry', 'ghcr.io', '--name', 'a: b', ...given], 2, /--name/],
    [
      'HTTP in the classic form',
      ['argocd', '--registry', 'localhost:5000', '--form', 'classic', ...given],
      2,
      /HTTPS alone/,
    ],
    [
      'an address that the classic form cannot say',
      ['argocd', '--registry', '10.0.0.1:5000', '--form', 'classic', ...given],
      2,
      /no address such as 10\.0\.0\.1:5000/,
    ],
  ])('refuses %s', async (_, argv, code, message) => {
    const called = await desk().chartroom(['secret', ...argv], password)
    expect([called.code, called.stdout]).toEqual([code, ''])
    expect(called.stderr).toMatch(message)
    expect(called.stderr).not.toContain(password)
  })

  it('refuses a password of several lines', async () => {
    const called = await desk().chartroom(
      ['secret', 'flux', '--registry', 'ghcr.io', ...given],
      `a\n${password}`,
    )
    expect([called.code, called.stdout]).toEqual([2, ''])
    expect(called.stderr).not.toContain(password)
  })
})

describe('gitops --secret', () => {
  it('writes the login beside the objects that refer to it', async () => {
    const here = desk()
    keep(here, 'registry.test')
    const argv = ['oci://registry.test/me/app', '--offline', '--version', '1.0.0', '--secret']
    const flux = await here.chartroom(['gitops', 'flux', ...argv])
    expect(parseYamlDocuments(flux.stdout)).toMatchObject([
      { kind: 'Secret', metadata: { name: 'app-login', namespace: 'flux-system' } },
      { kind: 'OCIRepository', spec: { secretRef: { name: 'app-login' } } },
      { kind: 'HelmRelease' },
    ])
    for (const form of ['oci', 'classic']) {
      const { stdout, stderr } = await here.chartroom(['gitops', 'argocd', ...argv, '--form', form])
      const [secret, application] = parseYamlDocuments(stdout) as unknown as [
        SecretObject,
        { spec: { source: { repoURL: string } } },
      ]
      expect(secret.metadata).toMatchObject({ name: 'app-login', namespace: 'argocd' })
      // Argo CD compares the two as texts.
      expect(Buffer.from(secret.data['url'] ?? '', 'base64').toString()).toBe(application.spec.source.repoURL)
      expect(stderr).not.toContain(password)
    }
  })

  it.each([
    ['ghcr.io/me', 'chartroom login ghcr.io/me.'],
    [
      'https://h.test/charts',
      'chartroom repo add NAME https://h.test/charts --username NAME --password-stdin.',
    ],
  ])('says how the login of %s is kept', async (address, line) => {
    const { code, stderr } = await desk().chartroom(['secret', 'flux', '--registry', address])
    expect([code, stderr]).toEqual([3, expect.stringContaining(line)])
  })

  it('says what is missing, and writes nothing, without a login', async () => {
    const argv = ['oci://registry.test/me/app', '--offline', '--version', '1.0.0', '--secret']
    for (const tool of ['argocd', 'flux']) {
      const called = await desk().chartroom(['gitops', tool, ...argv])
      expect([called.code, called.stdout]).toEqual([3, ''])
      expect(called.stderr).toMatch(/no login for registry\.test was found.*\n.*--password-stdin/)
    }
  })

  it('tells Argo CD of a registry that speaks HTTP, with or without a login', async () => {
    const argv = ['oci://localhost:5000/me/app', '--offline', '--version', '1.0.0', '--secret']
    const { code, stdout } = await desk().chartroom(['gitops', 'argocd', ...argv])
    expect([code, parseYamlDocuments(stdout)]).toMatchObject([
      0,
      [{ data: { insecureOCIForceHttp: Buffer.from('true').toString('base64') } }, { kind: 'Application' }],
    ])
    expect(stdout).not.toContain('username')
  })

  it('goes in by the cloud where no Secret is asked for', async () => {
    const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com'
    const argv = ['gitops', 'flux', `oci://${host}/app`, '--offline', '--version', '1.0.0']
    const { stdout, stderr } = await desk().chartroom(argv)
    expect(parseYamlDocuments(stdout)[0]).toMatchObject({ spec: { provider: 'aws' } })
    expect(stderr).toMatch(/source-controller needs an identity/)
    const without = await desk().chartroom([...argv, '--provider', 'generic'])
    expect(parseYamlDocuments(without.stdout)[0]).not.toHaveProperty('spec.provider')
  })
})
