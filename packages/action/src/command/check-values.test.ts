import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { connect, updateDependencies } from '@chartroom/verbs'
import { describe, expect, it } from 'vitest'
import { commit, onPullRequest, raise } from '../../test/pull-request.ts'
import type { Ended, Workspace } from '../../test/workspace.ts'

const needy = (key: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {${key}: {{ required "a host" .Values.host }}}\n`

/** Files of the chart as the base has them. */
function basedOn(files: Readonly<Record<string, string>>): Workspace {
  const workspace = onPullRequest()
  for (const [name, text] of Object.entries(files)) workspace.write(`charts/app/${name}`, text)
  commit(workspace)
  workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
  return workspace
}

async function changed(
  workspace: Workspace,
  files: Readonly<Record<string, string>>,
  version = '1.1.0',
): Promise<Ended> {
  for (const [name, text] of Object.entries(files)) workspace.write(`charts/app/${name}`, text)
  raise(workspace, version)
  commit(workspace)
  return workspace.step({ command: 'check' })
}

/** The text below each heading of the summary. */
function sections({ summary }: Ended): Record<string, string> {
  const parts = summary.split(/^#####? /m).slice(1)
  return Object.fromEntries(
    parts.map((part) => [part.split('\n', 1)[0] ?? '', part.replace(/^.*\n+/, '').trim()]),
  )
}

describe('check with values in ci/', () => {
  it('compares a chart that needs values with each file of them, ignored by .helmignore or not', async () => {
    const workspace = basedOn({
      '.helmignore': 'ci/\n',
      'templates/config.yaml': needy('host'),
      'ci/one-values.yaml': 'host: one\n',
      'ci/two-values.yaml': 'host: two\n',
    })
    const step = await changed(workspace, { 'templates/config.yaml': needy('address') })
    expect(step.code, step.log).toBe(0)
    const found = sections(step)
    expect(found['With default values']).toMatch(/- the old chart: .*a host.*\n- the new chart: .*a host/)
    expect(found['With <code>ci/one-values.yaml</code>']).toMatch(/^-.*host: one\n\+.*address: one$/m)
    expect(found['With <code>ci/two-values.yaml</code>']).toMatch(/^-.*host: two\n\+.*address: two$/m)
    expect(JSON.parse(step.outputs['results'] ?? '')).toMatchObject({
      charts: [
        { values: [{ file: 'ci/one-values.yaml', objects: { changed: 1 } }, { objects: { changed: 1 } }] },
      ],
    })
  })

  it('has a section for values whose objects differ, and a line for those whose do not', async () => {
    const template = (key: string): string =>
      `{{ if .Values.shown }}apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${key}}\n{{ end }}`
    const workspace = basedOn({
      'templates/config.yaml': template('a'),
      'ci/also-values.yaml': 'shown: true\n',
      'ci/off-values.yaml': 'shown: false\n',
      'ci/on-values.yaml': 'shown: true\n',
    })
    const step = await changed(workspace, { 'templates/config.yaml': template('b') })
    const found = sections(step)
    expect(found['With <code>ci/also-values.yaml</code>']).toContain('**1 added, 1 removed, 0 changed**')
    expect(found['With <code>ci/on-values.yaml</code>']).toContain(
      'The same differences as with <code>ci/also-values.yaml</code>.',
    )
    expect(Object.keys(found)).toHaveLength(3)
    expect(step.summary).toContain(
      'No objects are different with default values, with <code>ci/off-values.yaml</code>.',
    )
  })

  it('uses for both charts a file that one of them has, and says whose it is', async () => {
    const workspace = basedOn({ 'templates/config.yaml': needy('host'), 'ci/old-values.yaml': 'host: old\n' })
    rmSync(join(workspace.folder, 'charts/app/ci/old-values.yaml'))
    const step = await changed(workspace, {
      'templates/config.yaml': needy('address'),
      'ci/new-values.yaml': 'host: new\n',
    })
    const found = sections(step)
    const whose = (side: string): string =>
      `With <code>ci/${side}-values.yaml</code>, which the ${side} chart alone has: used for both`
    expect(found[whose('new')]).toMatch(/^-.*host: new\n\+.*address: new$/m)
    expect(found[whose('old')]).toMatch(/^-.*host: old\n\+.*address: old$/m)
  })

  it('says which chart cannot be rendered with them, and why', async () => {
    const workspace = basedOn({
      'ci/one-values.yaml': 'colour: blue\n',
      'templates/b.yaml': '{{ fail "<b>" }}',
    })
    const step = await changed(workspace, { 'templates/b.yaml': '' })
    expect(step.code, step.log).toBe(0)
    const found = sections(step)['With <code>ci/one-values.yaml</code>'] ?? ''
    expect(found).toMatch(/^The objects cannot be compared:\n\n- the old chart: .*&#60;b&#62;/)
    expect(found).not.toContain('the new chart')
  })

  it('reads no values from outside of the repository', async () => {
    const workspace = basedOn({ 'ci/keep': '' })
    symlinkSync('/etc/hostname', join(workspace.folder, 'charts/app/ci/out-values.yaml'))
    workspace.write('charts/app/.helmignore', 'ci/\n')
    const step = await changed(workspace, {})
    expect(step.summary).toContain('the new chart: the symbolic link ci/out-values.yaml leads out of the')
  })
})

describe('check of a chart with dependencies that are not committed', () => {
  const declared =
    'apiVersion: v2\nname: app\nversion: 1.0.0\nicon: https://example.org/i.png\ndependencies: [{name: common, version: ">=1.0.0", repository: "file://../../common"}]\n'
  const definition = (text: string): string => `{{ define "common.colour" }}${text}{{ end }}`

  /** The chart takes its colour from another one, which lies in the repository too; `charts/` is ignored by git. */
  async function withCommon(): Promise<Workspace> {
    const workspace = onPullRequest()
    workspace.write('.gitignore', '*.tgz\n')
    workspace.write('common/Chart.yaml', 'apiVersion: v2\nname: common\nversion: 1.0.0\ntype: library\n')
    workspace.write('common/templates/_a.tpl', definition('red'))
    workspace.write('charts/app/Chart.yaml', declared)
    workspace.write(
      'charts/app/templates/config.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {colour: {{ include "common.colour" . }}}\n',
    )
    await lock(workspace)
    commit(workspace)
    workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    return workspace
  }

  async function lock({ folder, env }: Workspace): Promise<void> {
    const connections = connect({ env, cwd: folder, platform: process.platform }, {})
    await updateDependencies(join(folder, 'charts/app'), connections, {})
    rmSync(join(folder, 'charts/app/charts'), { recursive: true })
  }

  it('takes on both sides what the lock names, and leaves the folder as it is', async () => {
    const workspace = await withCommon()
    workspace.write('common/Chart.yaml', 'apiVersion: v2\nname: common\nversion: 1.1.0\ntype: library\n')
    workspace.write('common/templates/_a.tpl', definition('green'))
    await lock(workspace)
    const step = await changed(workspace, {})
    expect(step.code, step.log).toBe(0)
    expect(step.log).not.toContain('::warning')
    expect(step.summary).toMatch(/^-.*colour: red\n\+.*colour: green$/m)
    expect(existsSync(join(workspace.folder, 'charts/app/charts'))).toBe(false)
    expect(workspace.git('status', '--porcelain', '--ignored')).toBe('')
  })

  it('names the command that fills charts/ where there is no lock', async () => {
    const workspace = await withCommon()
    rmSync(join(workspace.folder, 'charts/app/Chart.lock'))
    const step = await changed(workspace, {})
    expect(step.code).toBe(8)
    expect(step.log).toMatch(/title=render::.*common.*chartroom dependency build \.\/charts\/app/)
    expect(step.summary).toMatch(/- the new chart: .*missing.*: common/)
    expect(step.summary).toContain('chartroom dependency build ./charts/app')
  })

  it('says why what the lock names cannot be had', async () => {
    const workspace = await withCommon()
    rmSync(join(workspace.folder, 'common'), { recursive: true })
    const step = await changed(workspace, {})
    expect(step.code).toBe(8)
    expect(step.log).toMatch(/title=render::what its lock names cannot be fetched into charts\/: .*not found/)
    expect(readFileSync(join(workspace.folder, 'charts/app/Chart.lock'), 'utf8')).toContain('common')
  })
})
