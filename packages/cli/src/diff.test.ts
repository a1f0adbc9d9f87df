import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { run } from './run.ts'
import { comparedCharts } from './shape/compare.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop

const config = (more: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config}\ndata: {replicas: "{{ .Values.replicas }}"${more}}\n`

beforeEach(async () => {
  shop = await openWorkshop()
  await shop.chart('app', '1.0.0')
  await shop.write('app/templates/config.yaml', config(''))
})

afterEach(() => shop.close())

const difference = `changed: ConfigMap config (v1)
@@ -1,6 +1,6 @@
 apiVersion: v1
 data:
-  replicas: "1"
+  replicas: "2"
 kind: ConfigMap
 metadata:
   name: config
`

describe('diff', () => {
  it('prints the difference of two folders, and how many objects are different to standard error', async () => {
    await shop.chart('old', '0.9.0')
    await shop.write('old/templates/config.yaml', config('').replace('.Values.replicas', '3'))
    await shop.write('old/templates/gone.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {name: gone}\n')
    const { code, stdout, stderr } = await shop.chartroom('diff', 'old', 'app')
    expect([code, stderr]).toEqual([0, '0 added, 1 removed, 1 changed\n'])
    expect(stdout).toMatch(
      /^changed: ConfigMap config \(v1\)\n@@[^]*\n\nremoved: Service gone \(v1\)\n@@ -1,4 \+0,0 @@\n-apiVersion: v1\n/,
    )
  })

  it('prints nothing for a chart and itself', async () => {
    expect(await shop.chartroom('diff', 'app', 'app', '--exit-code')).toEqual({
      code: 0,
      stdout: '',
      stderr: '0 added, 0 removed, 0 changed\n',
    })
  })

  it('ends with 1 for differences when asked to', async () => {
    const { code, stdout, stderr } = await shop.chartroom(
      'diff',
      'app',
      '--set',
      'replicas=2',
      '--from-values',
      'app/values.yaml',
      '--exit-code',
    )
    // --set is stronger than any file.
    expect([code, stdout, stderr]).toEqual([0, '', '0 added, 0 removed, 0 changed\n'])
    await shop.write('two.yaml', 'replicas: 2\n')
    expect(await shop.chartroom('diff', 'app', '--to-values', 'two.yaml', '--exit-code')).toEqual({
      code: 1,
      stdout: difference,
      stderr: 'Error: 0 added, 0 removed, 1 changed (DIFFERENT)\n',
    })
  })

  it('takes values of both sides, and of one over them', async () => {
    await shop.write('two.yaml', 'replicas: 2\n')
    await shop.write('three.yaml', 'replicas: 3\n')
    const argv = [
      'diff',
      'app',
      '-f',
      'three.yaml',
      '--from-values',
      'app/values.yaml',
      '--to-values',
      'three.yaml,two.yaml',
    ]
    expect((await shop.chartroom(...argv)).stdout).toBe(difference)
  })

  it('takes charts of registries, by reference and by version', async () => {
    await shop.write('app/values.yaml', 'replicas: 1\n')
    const registry = `oci://${shop.host}/charts`
    await shop.chartroom('publish', 'app', '--to', registry)
    await shop.chart('app', '1.1.0', 'replicas: 2\n')
    await shop.write('app/templates/config.yaml', config(''))
    await shop.chartroom('publish', 'app', '--to', registry)
    const byReference = await shop.chartroom('diff', `${registry}/app:1.0.0`, 'app')
    expect([byReference.code, byReference.stdout]).toEqual([0, difference])
    const repo = ['--repo', `http://${shop.host}/helm/charts`]
    const byName = await shop.chartroom('diff', 'app', './app', '--from-version', '1.0.0', ...repo)
    expect([byName.code, byName.stdout]).toEqual([0, difference])
    const app = `${registry}/app`
    const byVersion = await shop.json(comparedCharts, 'diff', app, app, '--from-version', '1.0.0')
    expect(byVersion).toMatchObject({
      from: { name: 'app', version: '1.0.0' },
      to: { name: 'app', version: '1.1.0' },
      ...{ added: 0, removed: 0, changed: 1 },
      differences: [
        { change: 'changed', kind: 'ConfigMap', name: 'config', path: 'app/templates/config.yaml' },
      ],
    })
  })

  it('takes a chart as it was in a git revision', async () => {
    const git = (...args: string[]): void => {
      const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com']
      execFileSync('git', [...identity, ...args], { cwd: shop.folder, env: shop.environment.env })
    }
    git('init', '--quiet', '--initial-branch=main')
    git('add', 'app')
    git('commit', '--quiet', '--message=x')
    await shop.write('app/values.yaml', 'replicas: 2\n')
    expect((await shop.chartroom('diff', 'git:main:app', './app')).stdout).toBe(difference)
    const { code, stderr } = await shop.chartroom('diff', 'git:nope:app', './app')
    expect([code, stderr]).toEqual([
      4,
      expect.stringContaining('Error: from git:nope:app: git knows no revision nope here (NOT_FOUND)\n'),
    ])
  })

  it('shows no secret in any format, unless asked to', async () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: "hunter{{ .Values.replicas }}"}\n'
    await shop.write('app/templates/secret.yaml', secret)
    await shop.write('two.yaml', 'replicas: 2\n')
    for (const format of ['table', 'json', 'yaml', 'markdown']) {
      const { stdout, stderr } = await shop.chartroom('diff', 'app', '--to-values', 'two.yaml', '-o', format)
      expect(stdout + stderr).not.toContain('hunter')
      expect(stdout).toContain('(hidden, after)')
    }
    const { stdout } = await shop.chartroom('diff', 'app', '--to-values', 'two.yaml', '--show-secrets')
    expect(stdout).toContain('-  a: hunter1\n+  a: hunter2\n')
  })

  it('shows no line of a manifest that is no YAML, because it may be one of a secret', async () => {
    await shop.write('app/templates/secret.yaml', 'kind: Secret\nstringData:\n  a: b: opensesame\n')
    const { code, stdout, stderr } = await shop.chartroom('diff', 'app', 'app')
    expect([code, stdout]).toEqual([8, ''])
    expect(stderr).toMatch(/^Error: from app: YAML parse error on app\/templates\/secret\.yaml: /)
    expect(stderr).not.toContain('opensesame')
  })

  it('prints Markdown for step summaries', async () => {
    await shop.write('two.yaml', 'replicas: 2\n')
    const { stdout } = await shop.chartroom('diff', 'app', '--to-values', 'two.yaml', '-o', 'markdown')
    expect(stdout).toMatch(
      /^\*\*0 added, 0 removed, 1 changed\*\*\n\n<details><summary>changed <code>ConfigMap config/,
    )
  })

  it('renders for the release and the cluster that the flags say', async () => {
    const text =
      '{{ .Release.Name }} {{ .Release.Namespace }} {{ .Capabilities.KubeVersion }} {{ .Capabilities.APIVersions.Has "x/v1" }} {{ .Release.IsUpgrade }}'
    await shop.write('app/templates/config.yaml', config(`, said: '${text}'`))
    await shop.write('two.yaml', 'replicas: 2\n')
    const flags = ['--release', 'rel', '-n', 'web', '--kube-version', '1.31', '-a', 'x/v1', '--is-upgrade']
    const { stdout } = await shop.chartroom('diff', 'app', '--to-values', 'two.yaml', ...flags)
    expect(stdout).toContain('   said: rel web v1.31 true true\n')
  })

  it('has colours on a terminal, but not with NO_COLOR', async () => {
    await shop.write('two.yaml', 'replicas: 2\n')
    const onTerminal = async (env: Record<string, string>): Promise<string> => {
      let stdout = ''
      const io = {
        ...{ stdin: process.stdin, outIsTerminal: true, errIsTerminal: true, columns: 100, fancy: true },
        out: (text: string) => {
          stdout += text
        },
        err: () => undefined,
      }
      const environment = { ...shop.environment, env: { ...shop.environment.env, ...env } }
      await run(['diff', 'app', '--to-values', 'two.yaml'], io, environment)
      return stdout
    }
    expect(await onTerminal({})).toContain('\u001b[32m+  replicas: "2"\u001b[0m\n')
    expect(await onTerminal({ NO_COLOR: '1' })).toBe(difference)
    expect(await onTerminal({ TERM: 'dumb' })).toBe(difference)
  })

  it.each<[number, string[], string]>([
    [4, ['./none', 'app'], './none: there is no such chart folder or archive'],
    [4, ['app', './none'], './none: there is no such chart folder or archive'],
    [2, ['git:main', 'app'], 'git:main names no chart in a git revision'],
    [
      2,
      ['oci://a.example/x', 'oci://b.example/x', '--username', 'u', '--password', 'p'],
      'belong to one host',
    ],
    [2, ['app', '--to-version', '1.0.0'], 'app is a file, and a version was given for it'],
    [2, ['app'], 'nothing was given to compare app with'],
    [2, ['app', '--set', 'replicas=2'], 'give --to-values FILE: -f and --set hold for both sides'],
    [2, ['app', 'app', '--ignore-label', 'a['], 'a[ is no pattern'],
    [2, [], "missing required argument 'from'"],
    [8, ['app', '--kube-version', 'x'], 'invalid kube version'],
    [8, ['app', '--to-values', 'bad.yaml'], 'to app: '],
  ])('ends with %i for %j', async (code, argv, message) => {
    await shop.write('app/values.schema.json', '{"properties": {"replicas": {"type": "integer"}}}')
    await shop.write('bad.yaml', 'replicas: many\n')
    const called = await shop.chartroom('diff', ...argv)
    expect([called.code, called.stderr]).toEqual([code, expect.stringContaining(message)])
  })
})
