import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TestRepository } from './testing/repository.ts'
import { createRepository } from './testing/repository.ts'
import { findWorkTree, mergeBase, pathInTree, resolveCommit } from './work-tree.ts'

let repository: TestRepository

beforeEach(() => {
  repository = createRepository()
  repository.chart('charts/app', '1.0.0')
  repository.commit()
})

afterEach(() => repository.close())

describe('the work tree around a folder', () => {
  it('is found from any folder in it, whatever a hook of git has set', async () => {
    const { folder, context } = repository
    const env = { ...context.env, GIT_DIR: '.git', GIT_WORK_TREE: '/', GIT_INDEX_FILE: 'x', GIT_PREFIX: 'y' }
    const tree = await findWorkTree({ env, cwd: join(folder, 'charts/app') })
    expect(tree.root).toBe(folder)
    expect(pathInTree(tree, join(folder, 'charts/app'))).toBe('charts/app')
    expect(pathInTree(tree, folder)).toBe('')
    expect(pathInTree(tree, join(folder, 'gone/away'))).toBe('gone/away')
  })

  it('is found through links, which are none in its paths', async () => {
    const { folder, context } = repository
    const link = join(dirname(folder), 'link')
    symlinkSync(folder, link)
    const tree = await findWorkTree({ ...context, cwd: join(link, 'charts') })
    expect(tree.root).toBe(folder)
    expect(pathInTree(tree, join(link, 'charts/app'))).toBe('charts/app')
  })

  it('has to be there', async () => {
    const { folder, context } = repository
    const cwd = dirname(folder)
    await expect(findWorkTree({ ...context, cwd })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('lies in no git work tree: not a git repository'),
    })
    mkdirSync(join(cwd, 'empty'))
    await expect(
      findWorkTree({ env: { ...context.env, PATH: join(cwd, 'empty') }, cwd: folder }),
    ).rejects.toMatchObject({ code: 'UNSUPPORTED' })
    await expect(findWorkTree({ ...context, cwd: join(folder, '.git') })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('may belong to somebody else, and the error says what to do then', async () => {
    const { folder, context } = repository
    const env = { ...context.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' }
    await expect(findWorkTree({ cwd: folder, env })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: `${folder}: git does not trust the owner of that folder`,
      hint: `Where you do: git config --global --add safe.directory ${folder}`,
    })
  })

  it('has no paths outside', async () => {
    const tree = await findWorkTree(repository.context)
    for (const path of ['/', dirname(repository.folder), join(repository.folder, '../x')]) {
      expect(() => pathInTree(tree, path)).toThrow(expect.objectContaining({ code: 'USAGE' }))
    }
    expect(pathInTree(tree, join(repository.folder, '..x'))).toBe('..x')
  })
})

describe('a revision', () => {
  it('is a branch, a tag, a hash or an expression', async () => {
    const tree = await findWorkTree(repository.context)
    const head = repository.git('rev-parse', 'HEAD').trim()
    repository.git('tag', '--annotate', '--message=x', 'v1')
    for (const ref of ['main', 'v1', head, head.slice(0, 8), 'HEAD', 'main^{commit}', 'refs/heads/main']) {
      expect(await resolveCommit(tree, ref)).toBe(head)
    }
  })

  it.each(['', '-x', '--output=/x', '--all', 'a b', 'a\nb', 'a\0b'])('is never %j', async (ref) => {
    const tree = await findWorkTree(repository.context)
    await expect(resolveCommit(tree, ref)).rejects.toMatchObject({ code: 'USAGE' })
  })

  it.each(['nope', 'origin/main', 'a'.repeat(40), 'main..main', 'main:charts', '@{-1}', '$(x)', '*'])(
    'that is not there is said: %s',
    async (ref) => {
      const tree = await findWorkTree(repository.context)
      await expect(resolveCommit(tree, ref)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    },
  )

  it('may be missing because the clone is shallow, which is said', async () => {
    repository.git('branch', 'old')
    repository.write('x', 'x')
    repository.commit()
    repository.git('clone', '--quiet', '--depth=1', `file://${repository.folder}`, '../clone')
    const cwd = join(dirname(repository.folder), 'clone')
    const tree = await findWorkTree({ ...repository.context, cwd })
    const hint = expect.stringMatching(/git fetch --unshallow.*fetch-depth: 0/)
    await expect(mergeBase(tree, 'origin/old')).rejects.toMatchObject({ code: 'NOT_FOUND', hint })
    repository.git('-C', cwd, 'fetch', '--quiet', '--depth=1', 'origin', 'old:refs/remotes/origin/old')
    await expect(mergeBase(tree, 'origin/old')).rejects.toMatchObject({ code: 'NOT_FOUND', hint })
  })

  it('has to have something in common with what is checked out', async () => {
    repository.git('checkout', '--quiet', '--orphan', 'other')
    repository.write('x', 'x')
    repository.commit()
    const tree = await findWorkTree(repository.context)
    await expect(mergeBase(tree, 'main')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'main and HEAD have no commit in common in this clone',
    })
  })
})
