import { describe, expect, it } from 'vitest'
import { branchDesk, packed, publishTo } from '../../../test/branch-desk.ts'

describe('a branch as a destination', () => {
  it('is made where it is not there, without the history of others', async () => {
    const desk = branchDesk()
    desk.write('main', { 'README.md': 'source' })
    const result = await publishTo(desk, [packed('app', '1.0.0'), packed('api', '2.0.0')])
    expect(result).toEqual({
      to: `${desk.to}#gh-pages`,
      kind: 'git',
      reference: `${desk.to}#gh-pages:app-1.0.0.tgz`,
      action: 'create',
      status: 'done',
      manifestDigest: undefined,
    })
    expect(desk.git('ls-tree', '--name-only', 'gh-pages').split('\n')).toEqual([
      'api-2.0.0.tgz',
      'app-1.0.0.tgz',
      'index.yaml',
    ])
    expect(desk.git('rev-list', '--count', 'gh-pages')).toBe('1')
    expect(desk.index().entries.get('app')?.[0]).toMatchObject({
      urls: ['app-1.0.0.tgz'],
      digest: packed('app', '1.0.0').digest.slice('sha256:'.length),
    })
    expect(desk.git('log', '-1', '--format=%s|%an|%ae', 'gh-pages')).toBe(
      'Publish app 1.0.0, api 2.0.0|chartroom|chartroom@localhost',
    )
    expect(desk.left()).toEqual([])
  })

  it('keeps all that is in it, and gets one commit a run', async () => {
    const desk = branchDesk()
    const before = desk.write('gh-pages', { 'README.md': 'ours', 'logo.svg': '<svg/>' })
    await publishTo(desk, [packed('app', '1.0.0')])
    await publishTo(desk, [packed('app', '1.1.0')])
    expect(desk.git('show', 'gh-pages:README.md')).toBe('ours')
    expect(desk.git('rev-list', '--count', 'gh-pages')).toBe('3')
    expect(desk.git('rev-list', '--max-parents=0', 'gh-pages')).toBe(before)
    expect(
      desk
        .index()
        .entries.get('app')
        ?.map(({ version }) => version),
    ).toEqual(['1.1.0', '1.0.0'])
    expect(desk.git('fsck', '--strict')).toBe('')
  })

  it('gets no commit for what it has', async () => {
    const desk = branchDesk()
    await publishTo(desk, [packed('app', '1.0.0')])
    const head = desk.git('rev-parse', 'gh-pages')
    expect(await publishTo(desk, [packed('app', '1.0.0')])).toMatchObject({
      action: 'unchanged',
      status: 'done',
    })
    expect(desk.git('rev-parse', 'gh-pages')).toBe(head)
  })

  it('refuses other content under a version, unless it is forced', async () => {
    const desk = branchDesk()
    await publishTo(desk, [packed('app', '1.0.0')])
    const other = packed('app', '1.0.0', 'a: 2\n')
    expect(await publishTo(desk, [other])).toMatchObject({
      status: 'failed',
      error: { code: 'CONFLICT' },
    })
    expect(await publishTo(desk, [other], { force: true })).toMatchObject({
      action: 'replace',
      status: 'done',
    })
    expect(desk.index().entries.get('app')).toMatchObject([{ digest: other.digest.slice(7) }])
    expect(desk.git('rev-list', '--count', 'gh-pages')).toBe('2')
  })

  it('takes folders in it, with the address that they are served at', async () => {
    const desk = branchDesk()
    desk.write('gh-pages', { 'README.md': 'ours' })
    const given = { place: '#gh-pages:docs/charts', repoUrl: 'https://me.example/docs/charts/' }
    const result = await publishTo(desk, [packed('app', '1.0.0')], given)
    expect(result?.reference).toBe(`${desk.to}#gh-pages:docs/charts/app-1.0.0.tgz`)
    expect(desk.index('gh-pages', 'docs/charts').entries.get('app')?.[0]?.urls).toEqual([
      'https://me.example/docs/charts/app-1.0.0.tgz',
    ])
    expect((await publishTo(desk, [packed('app', '1.0.0')], given))?.action).toBe('unchanged')
    expect(desk.git('show', 'gh-pages:README.md')).toBe('ours')
  })

  it('is only looked at when the run only plans', async () => {
    const desk = branchDesk()
    const result = await publishTo(desk, [packed('app', '1.0.0')], { run: { planOnly: true } })
    expect(result).toMatchObject({ action: 'create', status: 'planned' })
    expect(desk.git('for-each-ref')).toBe('')
    expect(desk.left()).toEqual([])
  })

  it('carries provenance, and loses it when it is replaced without', async () => {
    const desk = branchDesk()
    const provenance = new TextEncoder().encode('signed')
    const signed = { ...packed('app', '1.0.0'), provenance }
    await publishTo(desk, [signed])
    expect(desk.git('show', 'gh-pages:app-1.0.0.tgz.prov')).toBe('signed')
    expect((await publishTo(desk, [signed]))?.action).toBe('unchanged')
    expect((await publishTo(desk, [packed('app', '1.0.0')]))?.error?.code).toBe('CONFLICT')
    await publishTo(desk, [packed('app', '1.0.0')], { force: true })
    expect(desk.git('ls-tree', '--name-only', 'gh-pages')).not.toContain('.prov')
  })

  it.each([
    [{}, 'chartroom chartroom@localhost'],
    [{ GITHUB_ACTIONS: 'true' }, 'github-actions[bot] 41898282+github-actions[bot]@users.noreply.github.com'],
    [{ GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.com' }, 'Ada ada@example.com'],
    [
      {
        GIT_CONFIG_COUNT: '2',
        GIT_CONFIG_KEY_0: 'user.name',
        GIT_CONFIG_VALUE_0: 'Grace',
        GIT_CONFIG_KEY_1: 'user.email',
        GIT_CONFIG_VALUE_1: 'grace@example.com',
      },
      'Grace grace@example.com',
    ],
  ])('has commits by whom %j says', async (env, author) => {
    const desk = branchDesk(env)
    await publishTo(desk, [packed('app', '1.0.0')])
    expect(desk.git('log', '-1', '--format=%an %ae', 'gh-pages')).toBe(author)
    expect(desk.git('log', '-1', '--format=%cn %ce', 'gh-pages')).toBe(author)
  })

  it('is no repository of the folder or the variables that chartroom runs in', async () => {
    const desk = branchDesk()
    const other = branchDesk()
    const env = {
      ...desk.environment.env,
      GIT_DIR: other.remote,
      GIT_INDEX_FILE: `${other.folder}/index`,
      GIT_WORK_TREE: other.folder,
      GIT_OBJECT_DIRECTORY: `${other.folder}/objects`,
    }
    const environment = { ...desk.environment, env }
    expect((await publishTo(desk, [packed('app', '1.0.0')], { environment }))?.status).toBe('done')
    expect(other.git('count-objects')).toBe('0 objects, 0 kilobytes')
    expect(desk.index().entries.size).toBe(1)
  })
})
