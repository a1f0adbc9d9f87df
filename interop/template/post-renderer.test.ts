import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workspace } from '../workspace.ts'
import type { Bench } from './bench.ts'
import { chartYaml, openBench } from './bench.ts'

let bench: Bench

beforeAll(async () => {
  bench = await openBench()
  await cp(join(workspace, 'deployments/helm/hypersdk'), join(bench.home.folder, 'hypersdk'), {
    recursive: true,
  })
  await bench.write({
    'app/Chart.yaml': chartYaml('app'),
    'app/crds/crd.yaml': '# of the vendor\nkind: CustomResourceDefinition\n\n\n',
    'app/templates/NOTES.txt': 'Thanks.\n',
    'app/templates/a.yaml': `# first
kind: ConfigMap
metadata: {name: a}   # why
---

---
kind: MutatingWebhookConfiguration
---
kind: Certificate
---
kind: Zebra

`,
    'app/templates/b.yaml':
      '---\n{{- if false }}\nkind: Pod\n{{- end }}\n---\nkind: Service\ntext: |\n  ---\n  a\n\n\n',
    'app/templates/c.yaml': 'kind: Namespace\n---apiVersion: v1\nkind: Secret\n---\n---\n---\nkind: Job\n',
    'app/templates/hook.yaml': `---
---
kind: Pod
metadata:
  annotations: {helm.sh/hook: "pre-install"}


---
kind: ServiceAccount
metadata:
  annotations: {helm.sh/hook: pre-install}
---
kind: Pod
metadata:
  annotations: {helm.sh/hook: test}
`,
    'plugins/labels/plugin.yaml': `apiVersion: v1
type: postrenderer/v1
name: labels
version: 0.1.0
runtime: subprocess
runtimeConfig: {platformCommand: [{command: cat}]}
`,
  })
  await bench.script('bin/labels', 'echo "# by $# $1"; sed "s/kind: /kind:  /"; echo warned >&2')
  await bench.script('bin/bare', 'grep -v "^# Source"')
  await bench.script('bin/fails', 'cat; echo what is wrong >&2; exit 7')
})

afterAll(() => bench?.close())

describe.each(['app', 'hypersdk'])('with --post-renderer the chart %s', (chart) => {
  it.each([
    [['cat']],
    [['cat', '--include-crds']],
    [['cat', '--no-hooks']],
    [['cat', '--skip-tests']],
    [['bin/labels']],
    [['bin/labels', '--post-renderer-args', 'a b', '--post-renderer-args', '-c,d']],
    [['./bin/labels', '--post-renderer-args=--x']],
    [['bin/bare']],
    [['true']],
    [['cat', '-s', 'templates/b*.yaml']],
    [['cat', '-s', 'templates/hook.yaml', '-s', 'templates/a.yaml']],
    [['bin/labels', '-s', 'templates/*.yaml', '--include-crds']],
    [['bin/bare', '-s', 'templates/a.yaml']],
    [['bin/fails']],
    [['./absent']],
    [['']],
  ])('is printed as helm 3 does it, with %j', async ([program = '', ...flags]) => {
    const line = ['template', 'web', chart, '--post-renderer', program, ...flags]
    const theirs = await bench.helm('helm-3.21.4', line)
    const ours = await bench.chartroom(line)
    if (program === '') return expect(ours.stdout).toBe((await bench.helm('helm-4.2.4', line)).stdout)
    expect(ours.stdout).toBe(theirs.stdout)
    expect(ours.code === 0).toBe(theirs.code === 0)
  })
})

it('says what the program says, and how it ended', async () => {
  const line = ['template', 'app', '--post-renderer', 'bin/fails']
  const { stderr } = await bench.helm('helm-3.21.4', line)
  const ours = await bench.chartroom(line)
  for (const words of ['error while running post render on files', 'what is wrong\n', 'exit status 7']) {
    expect(stderr).toContain(words)
    expect(ours.stderr).toContain(words)
  }
})

it('runs no plugin of helm 4, and says where its program is named; helm 4 runs no program', async () => {
  const plugins = { HELM_PLUGINS: join(bench.home.folder, 'plugins') }
  const named = ['template', 'app', '--post-renderer', 'labels']
  expect((await bench.helm('helm-4.2.4', named, plugins)).code).toBe(0)
  const ours = await bench.chartroom(named, plugins)
  expect([ours.code, ours.stdout]).toEqual([1, ''])
  expect(ours.stderr).toContain(`labels is a plugin of Helm 4, in ${join(plugins.HELM_PLUGINS, 'labels')}`)
  const path = await bench.helm('helm-4.2.4', ['template', 'app', '--post-renderer', 'bin/labels'])
  expect(path.stderr).toContain('plugin: {Name:bin/labels Type:postrenderer/v1} not found')
})
