import { execFileSync } from 'node:child_process'
import { chmod, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call } from './testing/call.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop

beforeEach(async () => {
  shop = await openWorkshop()
  await shop.write('app/Chart.yaml', 'apiVersion: v2\nname: app\nversion: 1.0.0\n')
  await shop.write('app/templates/config.yaml', 'kind: ConfigMap\nin: {{ .Release.Namespace }}\n\n')
  await shop.write('app/templates/service.yaml', 'kind: Service\n')
  await shop.write(
    'app/templates/hook.yaml',
    'kind: Pod\nmetadata:\n  annotations: {helm.sh/hook: pre-install}\n',
  )
})

afterEach(() => shop.close())

async function script(name: string, lines: string): Promise<void> {
  await writeFile(join(shop.folder, name), `#!/bin/sh\n${lines}\n`)
  await chmod(join(shop.folder, name), 0o755)
}

const config = '---\n# Source: app/templates/config.yaml\nkind: ConfigMap\nin: default\n'
const service = '---\n# Source: app/templates/service.yaml\nkind: Service\n'
const hook =
  '---\n# Source: app/templates/hook.yaml\nkind: Pod\nmetadata:\n  annotations: {helm.sh/hook: pre-install}\n'

describe('chartroom template --post-renderer', () => {
  it('prints what the program makes of all but the hooks, and these behind it', async () => {
    await script('upper', 'echo "# by $1 $2"; sed "s/kind: /KIND: /"; echo warned >&2')
    const argv = ['--post-renderer', './upper', '--post-renderer-args', 'a', '--post-renderer-args', '-b,c']
    const { code, stdout, stderr } = await shop.chartroom('template', 'app', ...argv)
    const made = `${config}${service}`.replaceAll('kind: ', 'KIND: ')
    expect([code, stdout, stderr]).toEqual([0, `# by a -b,c\n${made}${hook}`, 'warned\n'])
    expect((await shop.chartroom('template', 'app', ...argv, '--no-hooks')).stdout).toBe(
      `# by a -b,c\n${made}`,
    )
  })

  it('shows only what the program leaves the source of', async () => {
    const only = ['-s', 'templates/service.yaml']
    expect((await shop.chartroom('template', 'app', '--post-renderer', 'cat', ...only)).stdout).toBe(service)
    const { code, stderr } = await shop.chartroom('template', 'app', '--post-renderer', 'true', ...only)
    expect(code).toBe(8)
    expect(stderr).toContain('Warning: the post-renderer gave nothing\n')
    expect(stderr).toContain('could not find template templates/service.yaml in chart')
  })

  it.each([
    [['--post-renderer', './absent'], 4, 'unable to find binary at ./absent'],
    [['--post-renderer', './fails'], 1, 'fails: exit status 7 (IO)'],
    [['--post-renderer', 'yes', '--max-output', '1'], 8, 'writes more than 1048576 bytes'],
    [['--post-renderer', 'cat', '--output-dir', 'out'], 2, '--output-dir cannot be given with'],
  ])('with %j ends with %d', async (argv, exit, words) => {
    await script('fails', 'echo what is wrong >&2; exit 7')
    const { code, stdout, stderr } = await shop.chartroom('template', 'app', ...argv)
    expect([code, stdout]).toEqual([exit, ''])
    expect(stderr).toContain(words)
    if (argv[1] === './fails') expect(stderr).toMatch(/^what is wrong\n/)
  })

  it('without a name changes nothing', async () => {
    const plain = await shop.chartroom('template', 'app')
    expect(await shop.chartroom('template', 'app', '--post-renderer', '')).toEqual(plain)
  })
})

describe('chartroom template --enable-dns', () => {
  it('lets getHostByName ask', async () => {
    await shop.write('app/templates/host.yaml', 'a: {{ getHostByName .Values.host | quote }}\n')
    const line = ['template', 'app', '-s', 'templates/host.yaml', '--set', 'host=127.0.0.2']
    expect((await shop.chartroom(...line)).stdout).toContain('a: ""\n')
    expect((await shop.chartroom(...line, '--enable-dns')).stdout).toContain('a: "127.0.0.2"\n')
    const { code, stderr } = await shop.chartroom(...line, '--enable-dns', '--set', 'host=')
    expect(code).toBe(8)
    expect(stderr).toContain(
      'error calling getHostByName: invalid argument to Intn:  has no address (no name)',
    )
  })
})

describe('chartroom template --dependency-update', () => {
  const needs = 'dependencies:\n- {name: lib, version: ^1, repository: "file://../lib"}\n'

  beforeEach(async () => {
    await shop.write('lib/Chart.yaml', 'apiVersion: v2\nname: lib\nversion: 1.2.0\n')
    await shop.write('lib/templates/lib.yaml', 'kind: Secret\n')
    await shop.write('app/Chart.yaml', `apiVersion: v2\nname: app\nversion: 1.0.0\n${needs}`)
  })

  it('fetches what is missing, and only then', async () => {
    const argv = ['template', 'app', '-s', 'charts/lib/templates/lib.yaml']
    expect((await shop.chartroom(...argv)).code).toBe(8)
    const first = await shop.chartroom(...argv, '--dependency-update')
    const expected = '---\n# Source: app/charts/lib/templates/lib.yaml\nkind: Secret\n\n\n'
    expect([first.code, first.stdout]).toEqual([0, expected])
    expect(first.stderr).toContain('Saving 1 charts\n')
    expect(await readdir(join(shop.folder, 'app/charts'))).toEqual(['lib-1.2.0.tgz'])
    expect(await shop.chartroom(...argv, '--dependency-update')).toEqual({ ...first, stderr: '' })
  })

  it('refuses an archive that lacks something, wherever it lies', async () => {
    execFileSync('tar', ['czf', 'app-1.0.0.tgz', 'app'], { cwd: shop.folder })
    const registry = `oci://${shop.host}/charts`
    expect((await shop.chartroom('push', 'app-1.0.0.tgz', registry)).code).toBe(0)
    for (const name of ['app-1.0.0.tgz', `${registry}/app`]) {
      const { code, stderr } = await shop.chartroom('template', name, '--dependency-update')
      expect([code, stderr]).toEqual([2, expect.stringContaining('only unpacked charts can be updated: ')])
    }
  })
})

describe("chartroom template takes helm's flags on files", () => {
  it('for the namespace from a kubeconfig, unless one is given', async () => {
    const contexts =
      'contexts:\n- {name: a, context: {namespace: in-a}}\n- {name: b, context: {namespace: in-b}}\n'
    await shop.write('kube.yaml', `current-context: a\n${contexts}`)
    const line = ['template', 'app', '-s', 'templates/config.yaml', '--kubeconfig', 'kube.yaml']
    const env = { ...shop.environment.env, HELM_NAMESPACE: 'of-env' }
    const inNamespace = (name: string): unknown => expect.stringContaining(`in: ${name}\n`)
    expect((await shop.chartroom(...line)).stdout).toEqual(inNamespace('in-a'))
    expect((await shop.chartroom(...line, '--kube-context', 'b')).stdout).toEqual(inNamespace('in-b'))
    expect((await shop.chartroom(...line, '-n', 'given')).stdout).toEqual(inNamespace('given'))
    expect((await call(line, { ...shop.environment, env })).stdout).toEqual(inNamespace('of-env'))
    const absent = await shop.chartroom(...line, '--kube-context', 'absent')
    expect(absent.stdout).toEqual(inNamespace('default'))
    expect(absent.stderr).toBe(
      'Warning: no namespace is taken from the kubeconfig: there is no context absent in kube.yaml\n',
    )
  })

  it('as lint does', async () => {
    await shop.write('kube.yaml', 'current-context: a\ncontexts:\n- {name: a, context: {namespace: in-a}}\n')
    await shop.write('app/templates/odd.yaml', 'metadata: {name: "A_{{ .Release.Namespace }}"}\n')
    const line = ['lint', 'app', '--kubeconfig', 'kube.yaml', '--debug', '--kube-token', 't']
    expect((await shop.chartroom(...line)).stdout).toContain('naming requirements: "A_in-a"')
  })

  it('for the repositories that were added', async () => {
    await shop.chartroom('push', await packed('other'), `oci://${shop.host}/charts`)
    const env = {
      ...shop.environment.env,
      HELM_REPOSITORY_CONFIG: join(shop.folder, 'repos.yaml'),
      HELM_REPOSITORY_CACHE: join(shop.folder, 'cache'),
    }
    const line = ['repo', 'add', 'team', `http://${shop.host}/helm/charts`]
    expect((await call(line, { ...shop.environment, env })).code).toBe(0)
    expect((await shop.chartroom('template', 'team/other')).code).toBe(4)
    const files = ['--repository-config', 'repos.yaml', '--repository-cache', 'cache']
    const { code, stdout } = await shop.chartroom('template', 'team/other', ...files)
    expect([code, stdout]).toEqual([0, expect.stringContaining('# Source: other/templates/config.yaml')])
  })

  async function packed(name: string): Promise<string> {
    await shop.chart(name, '1.0.0')
    await shop.chartroom('package', name)
    return `${name}-1.0.0.tgz`
  }
})

describe('chartroom template', () => {
  it('says which helm line verifies provenance, and takes a keyring without it', async () => {
    const { code, stderr } = await shop.chartroom('template', 'web', 'app', '--verify', '--keyring', 'k.gpg')
    expect([code, stderr]).toEqual([
      1,
      'Error: chartroom does not verify the provenance of charts yet (UNSUPPORTED)\n' +
        'Hint: Helm does: helm template web app --verify --keyring k.gpg\n',
    ])
    expect((await shop.chartroom('template', 'app', '--keyring', 'k.gpg')).code).toBe(0)
  })

  it('shows flags that matter in its help, and no others', async () => {
    const { stdout } = await shop.chartroom('template', '--help')
    for (const flag of ['--enable-dns', '--post-renderer-args <arg>', '--kube-context <name>']) {
      expect(stdout).toContain(flag)
    }
    expect(stdout).not.toContain('--kube-token')
  })

  it('offers the nearest flag for one that is none', async () => {
    const { code, stderr } = await shop.chartroom('template', 'app', '--enable-dsn')
    expect(code).toBe(2)
    expect(stderr).toContain("unknown option '--enable-dsn'\n(Did you mean --enable-dns?)")
  })
})
