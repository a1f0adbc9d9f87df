import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandTable } from '../../packages/cli/src/command-table.ts'
import type { FlagSpec } from '../../packages/cli/src/flag.ts'
import { flagName, takesValue } from '../../packages/cli/src/flag.ts'
import type { Bench } from './bench.ts'
import { chartYaml, helms, openBench } from './bench.ts'

let bench: Bench

beforeAll(async () => {
  bench = await openBench()
  await bench.write({
    'app/Chart.yaml': chartYaml('app'),
    'app/templates/config.yaml': 'kind: ConfigMap\nmetadata: {namespace: {{ .Release.Namespace }}}\n',
    'app/crds/crd.yaml': 'kind: CustomResourceDefinition\n',
    'kube.yaml': `kind: Config
current-context: one
contexts:
- {name: one, context: {cluster: c, namespace: in-one}}
- {name: two, context: {cluster: c, namespace: in-two}}
- {name: bare, context: {cluster: c}}
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
`,
    'other.yaml': `kind: Config
contexts:
- {name: two, context: {cluster: c, namespace: other-two}}
- {name: three, context: {cluster: c, namespace: in-three}}
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
`,
  })
})

afterAll(() => bench?.close())

const flagsOf = (command: string): readonly FlagSpec[] =>
  commandTable.find(({ name }) => name === command)?.flags ?? []

describe.each(helms)('%s', (helm) => {
  it.each(['template', 'lint'])(
    'has no flag of %s that chartroom has not, or takes otherwise',
    async (command) => {
      const { stdout } = await bench.helm(helm, [command, '--help'])
      const lines = [...stdout.matchAll(/^ +(?:-(\w), )?--([a-z0-9-]+)( [a-zA-Z0-9]+)?(\S*)/gm)]
      const theirs = lines.filter(([, , name]) => name !== 'help')
      expect(theirs.length).toBeGreaterThan(25)
      const ours = new Map(flagsOf(command).map((flag) => [flagName(flag), flag]))
      for (const [, short, name = '', value] of theirs) {
        const flag = ours.get(name)
        expect([name, flag !== undefined]).toEqual([name, true])
        if (flag === undefined) continue
        expect([name, /^-(\w),/.exec(flag.flags)?.[1]]).toEqual([name, short])
        // Helm 4 made a strategy of it: both spellings are taken.
        if (name !== 'wait') expect([name, takesValue(flag)]).toEqual([name, value !== undefined])
      }
    },
  )

  it.each([
    [],
    [
      '--create-namespace',
      '--replace',
      '--timeout',
      '5m',
      '--wait',
      '--wait-for-jobs',
      '--atomic',
      '--force',
    ],
    [
      '--description',
      'x',
      '--disable-openapi-validation',
      '--skip-crds',
      '--take-ownership',
      '-l',
      'a=b,c=d',
    ],
    ['--hide-notes', '--render-subchart-notes', '--labels=a=b', '--dry-run', '--devel', '--keyring', 'k.gpg'],
    [
      '--burst-limit',
      '9',
      '--qps=1.5',
      '--kube-apiserver',
      'https://x',
      '--kube-token',
      't',
      '--kube-as-user',
      'u',
    ],
    ['--kube-as-group', 'a', '--kube-as-group', 'b', '--kube-ca-file', 'x', '--kube-tls-server-name', 'x'],
    ['--kube-insecure-skip-tls-verify', '--registry-config', 'x', '--repository-config', 'x'],
    ['--repository-cache=x', '--skip-crds', '--include-crds'],
    ['--kubeconfig', 'kube.yaml'],
    ['--kubeconfig', 'kube.yaml', '--kube-context', 'two'],
    ['--kubeconfig', 'kube.yaml', '--kube-context', 'bare'],
    ['--kubeconfig', 'kube.yaml', '--kube-context', 'absent'],
    ['--kubeconfig', 'kube.yaml', '--kube-context', 'two', '-n', 'given'],
    ['--kubeconfig', 'kube.yaml', '-n', ''],
    ['--kubeconfig', 'absent.yaml'],
    ['--kubeconfig', 'other.yaml'],
    ['--kube-context', 'two'],
  ])('prints the same with %j', async (...flags) => {
    const line = ['template', 'web', 'app', ...flags]
    const theirs = await bench.helm(helm, line)
    const ours = await bench.chartroom(line)
    // Helm 3 leaves out the blank line behind a document that ends with one.
    const text = (stdout: string): string => stdout.replace(/\n\n(---|$)/g, '\n$1')
    expect([ours.code, text(ours.stdout)]).toEqual([theirs.code, text(theirs.stdout)])
    if (helm === 'helm-4.2.4') expect(ours.stdout).toBe(theirs.stdout)
  })
})

it.each([
  ['--rollback-on-failure', '--server-side=false', '--force-conflicts', '--wait=legacy', '--dry-run=client'],
  ['--force-replace', '--color', 'never', '--content-cache', 'x'],
])('helm-4.2.4 prints the same with its own %j', async (...flags) => {
  const line = ['template', 'web', 'app', ...flags]
  const theirs = await bench.helm('helm-4.2.4', line)
  const ours = await bench.chartroom(line)
  expect([ours.code, ours.stdout]).toEqual([theirs.code, theirs.stdout])
})

it.each(['kube.yaml:other.yaml', 'other.yaml:kube.yaml', 'absent:other.yaml'])(
  'takes the namespace of the kubeconfigs %s as helm does',
  async (KUBECONFIG) => {
    for (const context of ['one', 'two', 'three', 'absent']) {
      const line = ['template', 'app', '--kube-context', context]
      const theirs = await bench.helm('helm-4.2.4', line, { KUBECONFIG })
      const ours = await bench.chartroom(line, { KUBECONFIG })
      expect([context, ours.code, ours.stdout]).toEqual([context, theirs.code, theirs.stdout])
    }
  },
)
