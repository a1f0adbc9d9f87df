import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { printable } from '@chartroom/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LintCase } from '../oracle/check/cases.mjs'
import { cases, largeCases } from '../oracle/check/cases.mjs'
import { peer } from '../peers/peers.ts'
import type { Ended, Home } from '../workspace.ts'
import { ensureBuilt, program, run, temporaryHome } from '../workspace.ts'
import type { SaidFinding } from './said.ts'
import { readSaid } from './said.ts'

const helm = peer('helm-4.2.4') ?? ''

let home: Home

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
})

afterAll(() => home?.remove())

/** `helm lint` and `chartroom lint` with the same arguments. */
async function both(args: readonly string[], cwd: string): Promise<{ helm: Ended; ours: Ended }> {
  const options = { cwd, env: home.env }
  return {
    helm: await run(helm, ['lint', ...args], options),
    ours: await run(process.execPath, [program, 'lint', ...args], options),
  }
}

async function folderOf(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(home.folder, name)
  for (const [file, text] of Object.entries(files)) {
    if (file.endsWith('/')) await mkdir(join(folder, file), { recursive: true })
    else {
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await writeFile(join(folder, file), text)
    }
  }
  return folder
}

/** We name the line of .helmignore that is bad, and print no control characters. */
function comparable({ severity, path, message }: SaidFinding): SaidFinding {
  const common = printable(message).replace(/\.helmignore:\d+: /, '')
  return { severity, path, message: common }
}

describe.skipIf(helm === '')('chartroom lint says what helm lint says', () => {
  const groups = new Map<string, [string, LintCase][]>()
  for (const [name, one] of Object.entries({ ...cases, ...largeCases })) {
    const settings = JSON.stringify([one.values ?? {}, one.kubeVersion ?? '', one.skipSchema ?? false])
    groups.set(settings, [...(groups.get(settings) ?? []), [name, one]])
  }

  it.each([...groups])('of all charts linted with %s', async (settings, members) => {
    const [values, kubeVersion, skipSchema] = JSON.parse(settings) as [object, string, boolean]
    const cwd = await folderOf(`group-${[...groups.keys()].indexOf(settings)}`, {
      'values.json': JSON.stringify(values),
    })
    for (const [index, [, { files }]] of members.entries()) {
      await folderOf(join(cwd.slice(home.folder.length + 1), `${index}`, 'c'), files)
    }
    const flags = ['-f', 'values.json']
    if (kubeVersion !== '') flags.push('--kube-version', kubeVersion)
    if (skipSchema) flags.push('--skip-schema-validation')
    const said = await both([...members.map((_, index) => join(`${index}`, 'c')), ...flags], cwd)
    const theirs = readSaid(said.helm.stdout)
    const ours = readSaid(said.ours.stdout)
    for (const [index, [name]] of members.entries()) {
      const chart = join(`${index}`, 'c')
      expect(ours.get(chart)?.map(comparable), name).toEqual(theirs.get(chart)?.map(comparable))
    }
    expect(said.ours.code === 0).toBe(said.helm.code === 0)
  })
})

describe.skipIf(helm === '')('chartroom lint prints what helm lint prints', () => {
  const head = 'apiVersion: v2\nname: c\nversion: 1.0.0\n'
  const files = {
    'c/Chart.yaml': `${head}dependencies: [{name: s, version: 0.1.0}, {name: t, version: 0.1.0}]\n`,
    'c/values.yaml': 'a: 1\n',
    'c/templates/a.yaml': 'kind: ConfigMap\nmetadata: {name: "{{ .Values.a }}_"}\n',
    'c/charts/s/Chart.yaml': 'apiVersion: v2\nname: s\nversion: 0.1.0\n',
    'c/charts/s/values.yaml': '',
    'c/charts/s/templates/x.yaml': '{{ required "x" .Values.x }}{{ .Values.a.b }}',
    'good/Chart.yaml': 'apiVersion: v2\nname: good\nversion: 1.0.0\nicon: https://i/x.png\n',
    'good/values.yaml': '',
    'good/templates/a.yaml': 'metadata: {name: a}\n',
    'noted/Chart.yaml': 'apiVersion: v2\nname: noted\nversion: 1.0.0\n',
    'noted/values.yaml': '',
    'noted/templates/a.yaml': 'metadata: {name: a}\n',
  }

  it.each<[string, string[]]>([
    ['a chart with warnings', ['c']],
    ['a chart with warnings, strictly', ['c', '--strict']],
    ['a chart with warnings, quietly', ['c', '--quiet']],
    ['subcharts too', ['c', '--with-subcharts']],
    ['a good chart', ['good']],
    ['a good chart, quietly', ['good', '--quiet']],
    ['a chart with a note, quietly', ['noted', '--quiet']],
    ['several charts', ['good', './c', 'noted/']],
    ['several charts, quietly', ['good', 'c', 'noted', '--quiet']],
    ['values', ['c', '--set', 'a=x', '--set-string', 'b=1']],
    ['what is no chart', ['c/templates', 'gone', 'good']],
    ['a file', ['c/Chart.yaml']],
    ['an archive that is not there', ['gone.tgz']],
    ['an archive', ['c-1.0.0.tgz', '--strict']],
  ])('of %s', async (name, args) => {
    const cwd = await folderOf('printed', files)
    if (name === 'an archive')
      await run(process.execPath, [program, 'package', 'noted'], { cwd, env: home.env })
    const said = await both(
      args.map((arg) => arg.replace('c-1.0.0.tgz', 'noted-1.0.0.tgz')),
      cwd,
    )
    expect(said.ours.stdout).toBe(said.helm.stdout)
    expect(said.ours.code).toBe(said.helm.code === 0 ? 0 : 8)
    if (said.helm.code !== 0) {
      const summary = /^Error: (.*)$/m.exec(said.helm.stderr)?.[1]
      expect(said.ours.stderr).toContain(`Error: ${summary} (CHART_INVALID)`)
    }
  })
})
