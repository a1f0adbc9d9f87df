import { describe, expect, it } from 'vitest'
import { commit, onPullRequest, raise } from '../../test/pull-request.ts'
import { Workspace } from '../../test/workspace.ts'

describe('check', () => {
  it('finds nothing where nothing has changed', async () => {
    const step = await onPullRequest().step({ command: 'check' })
    expect(step.log).not.toContain('::error')
    expect(step).toMatchObject({ code: 0, outputs: { changed: 'false' } })
    expect(step.summary).toContain('| app | 1.0.0 | good | good | unchanged | <code>charts/app</code> |')
  })

  it('shows which objects a change gives another form', async () => {
    const workspace = onPullRequest()
    workspace.write('charts/app/values.yaml', 'colour: "blue | <b>`"\n')
    raise(workspace, '1.1.0')
    commit(workspace)
    const step = await workspace.step({ command: 'check' })
    expect(step.log).not.toContain('::error')
    expect(step).toMatchObject({ code: 0, outputs: { changed: 'true' } })
    expect(step.summary).toContain('changed, raised from 1.0.0')
    expect(step.summary).toContain('#### app 1.0.0 → 1.1.0')
    expect(step.summary).toContain('**0 added, 0 removed, 1 changed**')
    expect(step.summary).toContain('-  colour: red')
    expect(JSON.parse(step.outputs['results'] ?? '')).toMatchObject({
      base: 'origin/main',
      charts: [{ path: 'charts/app', changed: true, bumped: true, objects: { changed: 1 } }],
    })
  })

  it('ends with 8 for a changed chart whose version was not raised, and says so at its Chart.yaml', async () => {
    const workspace = onPullRequest()
    workspace.write('charts/app/values.yaml', 'colour: blue\n')
    commit(workspace)
    const step = await workspace.step({ command: 'check' })
    expect(step.code).toBe(8)
    expect(step.log).toMatch(/^::error file=charts\/app\/Chart\.yaml,title=version::.*set 1\.0\.1\./m)
    expect(step.summary).toContain('**changed, not raised**: set 1.0.1')
    expect(step.outputs['changed']).toBe('true')
  })

  it('compares with the input base where there is one', async () => {
    const workspace = onPullRequest()
    workspace.git('tag', 'v1.0.0')
    delete workspace.env['GITHUB_BASE_REF']
    workspace.write('charts/app/values.yaml', 'colour: blue\n')
    const without = await workspace.step({ command: 'check' })
    expect(without).toMatchObject({ code: 0, outputs: { changed: 'false' } })
    expect(without.log).toContain('Nothing is compared')
    expect((await workspace.step({ command: 'check', base: 'v1.0.0', charts: 'charts/app' })).code).toBe(8)
  })

  it('names charts that are new and charts that are gone', async () => {
    const workspace = onPullRequest()
    workspace.git('rm', '-q', '-r', 'charts/app')
    workspace.chart('charts/fresh', '0.1.0')
    workspace.write('charts/fresh/Chart.yaml', 'apiVersion: v2\nname: fresh\nversion: 0.1.0\n')
    commit(workspace)
    const step = await workspace.step({ command: 'check' })
    expect(step.log).not.toContain('::error')
    expect(step.summary).toMatch(/\| fresh \| 0\.1\.0 \| good \| good \| added \|/)
    expect(step.summary).toMatch(/\| app \|.*\| deleted \|/)
    expect(step.summary).toContain('**1 added, 0 removed, 0 changed**')
  })

  it('annotates what lint and rendering find, at the files', async () => {
    const workspace = onPullRequest()
    workspace.write('charts/app/templates/bad.yaml', 'a: {{ required "colour, please" .Values.none }}\n')
    workspace.write('charts/app/ci/one-values.yaml', 'colour: 1\n')
    workspace.write('charts/broken/Chart.yaml', 'apiVersion: v2\nname: [\n')
    const step = await workspace.step({ command: 'check' })
    expect(step.code).toBe(8)
    expect(step.log).toMatch(
      /^::error file=charts\/app\/Chart\.yaml,title=render::app 1\.0\.0: ci\/one-values\.yaml/m,
    )
    expect(step.log).toMatch(/^::error file=charts\/broken\/Chart\.yaml,/m)
    expect(step.summary).toMatch(/charts\/broken \|  \| \d errors/)
    expect(step.summary).toContain('The objects cannot be compared')
  })

  it('says that a checkout is missing', async () => {
    const workspace = new Workspace()
    workspace.write('app/Chart.yaml', 'apiVersion: v2\nname: app\nversion: 1.0.0\n')
    const step = await workspace.step({ command: 'check', charts: 'app', base: 'origin/main' })
    expect(step.code).toBe(4)
    expect(step.log).toMatch(/lies in no git work tree.*Run it in a clone/)
    expect(step.log).not.toContain('fetch-depth')
  })

  it('calls no path good that is no chart', async () => {
    const step = await onPullRequest().step({ command: 'check', charts: 'charts/app/Chart.yaml' })
    expect(step.code).toBe(8)
    expect(step.log).toMatch(/^bad: charts\/app\/Chart\.yaml/m)
    expect(step.log).not.toMatch(/^good:/m)
  })

  it('says what a shallow clone lacks', async () => {
    const workspace = new Workspace()
    const origin = onPullRequest()
    workspace.git('clone', '-q', '--depth', '1', `file://${origin.folder}`, '.')
    workspace.git('update-ref', '-d', 'refs/remotes/origin/main')
    workspace.env['GITHUB_BASE_REF'] = 'main'
    const step = await workspace.step({ command: 'check' })
    expect(step.code).toBe(4)
    expect(step.log).toMatch(/cannot compare with origin\/main.*fetch-depth: 0/)
  })

  it.each(['--upload-pack=touch x', '$(touch x)', 'a\nb', 'no-such-branch'])(
    'takes the base %j for no more than a name',
    async (base) => {
      const step = await onPullRequest().step({ command: 'check' }, { GITHUB_BASE_REF: base })
      expect([2, 4]).toContain(step.code)
    },
  )
})
