import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { send, startRegistry } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { Workspace } from '../../test/workspace.ts'

async function published(inputs: Readonly<Record<string, string>> = {}) {
  const workspace = new Workspace()
  const { host, url } = await startRegistry()
  const to = `oci://${host}/charts`
  workspace.chart('app', '1.0.0')
  const step = await workspace.step({ charts: 'app', destinations: to, ...inputs })
  return { workspace, host, url, to, step }
}

describe('publish', () => {
  it('uploads charts and gives digest, reference, changed and results to later steps', async () => {
    const { step, to, url } = await published({ tags: 'latest\nstable' })
    expect(step.log).not.toContain('::error')
    expect(step.code).toBe(0)
    const manifest = await send(url, 'GET /v2/charts/app/manifests/stable', {
      headers: { accept: 'application/vnd.oci.image.manifest.v1+json' },
    })
    expect(step.outputs).toMatchObject({
      digest: manifest.headers['docker-content-digest'],
      reference: `${to}/app:1.0.0`,
      changed: 'true',
    })
    expect(JSON.parse(step.outputs['results'] ?? '')).toMatchObject({
      charts: [{ name: 'app', destinations: [{ action: 'create', status: 'done' }] }],
    })
    expect(step.summary).toContain(`| app | 1.0.0 | created | <code>${to}/app:1.0.0</code> |`)
  })

  it('changes nothing the second time, and says so', async () => {
    const { workspace, to, step: first } = await published()
    const step = await workspace.step({ charts: 'app', destinations: to })
    expect(step.outputs).toMatchObject({ digest: first.outputs['digest'], changed: 'false' })
    expect(step.code).toBe(0)
  })

  it('ends with 5 for other content under the same version, which it leaves, and still gives the results', async () => {
    const { workspace, to } = await published()
    workspace.write('app/values.yaml', 'colour: blue\n')
    const step = await workspace.step({ charts: 'app', destinations: to })
    expect(step.code).toBe(5)
    // The digest in the results is that of what lies there.
    expect(step.outputs).toMatchObject({ changed: 'false', digest: '', reference: '' })
    expect(step.outputs['results']).toContain('"action":"conflict"')
    expect(step.log).toMatch(/^::error title=Chartroom::.*\(CONFLICT\)%0AHint: Raise the version/m)
    expect(step.summary).toContain('> [!CAUTION]')
  })

  it('uploads nothing for a plan', async () => {
    const { step, url } = await published({ plan: 'true' })
    expect(step).toMatchObject({ code: 0, outputs: { changed: 'false' } })
    expect(step.outputs['results']).toContain('"status":"planned"')
    expect(step.summary).toContain('would create')
    expect((await send(url, 'GET /v2/charts/app/tags/list')).status).toBe(404)
  })

  it('takes patterns of folders, several destinations and the address of a folder', async () => {
    const workspace = new Workspace()
    const { host } = await startRegistry()
    for (const name of ['charts/one', 'charts/two']) workspace.chart(name, '1.0.0')
    workspace.write('charts/one/Chart.yaml', 'apiVersion: v2\nname: one\nversion: 1.0.0\n')
    workspace.write('charts/two/Chart.yaml', 'apiVersion: v2\nname: two\nversion: 2.0.0\n')
    workspace.write('charts/none/readme.txt', '')
    workspace.write('README.md', '')
    const step = await workspace.step({
      charts: '*/*\n',
      destinations: `oci://${host}/charts\n./site\n`,
      'repo-url': 'https://example.org/charts',
    })
    expect(step.log).not.toContain('::error')
    expect(step.code).toBe(0)
    const index = readFileSync(join(workspace.folder, 'site', 'index.yaml'), 'utf8')
    expect(index).toContain('https://example.org/charts/one-1.0.0.tgz')
    expect(index).toContain('https://example.org/charts/two-2.0.0.tgz')
  })

  it('publishes to a branch of a git repository', async () => {
    const workspace = new Workspace()
    const remote = new Workspace()
    remote.git('init', '-q', '--bare')
    workspace.chart('app', '1.0.0')
    const destinations = `git+file://${remote.folder}#gh-pages`
    const step = await workspace.step({ charts: 'app', destinations })
    expect(step.log).not.toContain('::error')
    expect(step).toMatchObject({ code: 0, outputs: { changed: 'true' } })
    expect(remote.git('ls-tree', '--name-only', 'gh-pages').split('\n')).toContain('app-1.0.0.tgz')
    expect((await workspace.step({ charts: 'app', destinations })).outputs['changed']).toBe('false')
  })

  it('takes charts and destinations of chartroom.yaml where none are given', async () => {
    const workspace = new Workspace()
    workspace.chart('app', '1.0.0')
    workspace.write('chartroom.yaml', 'charts: [app]\ndestinations: [{to: ./site}]\n')
    const step = await workspace.step({})
    expect(step.code).toBe(0)
    expect(step.outputs['reference']).toMatch(/site\/app-1\.0\.0\.tgz$/)
    // An archive's own, where no registry has a manifest of it.
    expect(step.outputs['digest']).toMatch(/^sha256:/)
  })

  it('says that a pattern finds no chart', async () => {
    const step = await new Workspace().step({ charts: './*/chart', destinations: './site' })
    expect(step).toMatchObject({
      code: 2,
      log: expect.stringContaining('there is no chart ./*/chart') as string,
    })
  })

  it('refuses a chart that lint refuses, before anything is uploaded', async () => {
    const workspace = new Workspace()
    const { host, url } = await startRegistry()
    workspace.chart('app', '1.0.0', { template: 'a: {{ .Values.colour' })
    const step = await workspace.step({ charts: 'app', destinations: `oci://${host}/charts` })
    expect(step.code).toBe(8)
    expect(step.log).toMatch(/^::error file=app\/templates\/config\.yaml,line=1/m)
    expect((await send(url, 'GET /v2/charts/app/tags/list')).status).toBe(404)
  })

  it.each(['v1.0.0', 'chart-v1.0.0', 'app-1.0.0', 'app-v1.0.0'])(
    'takes the tag %s for 1.0.0',
    async (tag) => {
      const { step } = await published({ 'version-tag': tag })
      expect(step.code).toBe(0)
    },
  )

  it('refuses a version that the tag of the event does not carry, before anything is uploaded', async () => {
    const workspace = new Workspace()
    const { host, url } = await startRegistry()
    workspace.chart('app', '1.0.0')
    workspace.onTag('chart-v1.0.1')
    const inputs = { charts: 'app', destinations: `oci://${host}/charts` }
    const step = await workspace.step(inputs)
    expect(step.code).toBe(2)
    expect(step.log).toContain('the tag chart-v1.0.1 does not carry the version of app 1.0.0')
    expect((await send(url, 'GET /v2/charts/app/tags/list')).status).toBe(404)
    // Empty stands for none, where the default stands for the tag of the event.
    expect((await workspace.step({ ...inputs, 'version-tag': '' })).code).toBe(0)
  })

  it('takes time from the commit, and says when a shallow clone spoils it', async () => {
    const workspace = new Workspace()
    workspace.chart('app', '1.0.0')
    workspace.git('init', '-q')
    workspace.git('add', '.')
    workspace.git('commit', '-q', '-m', 'one')
    const inputs = { charts: 'app', destinations: './site' }
    expect((await workspace.step(inputs)).log).not.toContain('::notice')
    workspace.write('.git/shallow', `${workspace.git('rev-parse', 'HEAD')}\n`)
    expect((await workspace.step(inputs)).log).toMatch(/^::notice::.*fetch-depth: 0/m)
  })
})
