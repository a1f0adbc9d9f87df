import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folders: string[] = []

/** What the bundle is made of, in another folder, with the packages of this one. */
function copyOfSources(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chartroom-dist-'))
  folders.push(folder)
  const names = [
    'LICENSE',
    'package.json',
    'package-lock.json',
    'action.yml',
    '.gitignore',
    'tools',
    'packages',
  ]
  for (const name of names)
    cpSync(join(root, name), join(folder, name), { recursive: true, filter: isSource })
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@chartroom'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@chartroom' && name !== '.cache')
      symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
  for (const name of readdirSync(join(root, 'node_modules', '@chartroom')))
    symlinkSync(join(folder, 'packages', name), join(modules, '@chartroom', name))
  return folder
}

function isSource(path: string): boolean {
  const name = path.split(sep).at(-1) ?? ''
  return !['dist', 'node_modules', 'golden', 'fixtures'].includes(name) && !name.endsWith('.test.ts')
}

interface Ended {
  readonly status: number | null
  readonly stderr: string
  readonly stdout: string
}

function run(folder: string, file: string, ...args: readonly string[]): Ended {
  return spawnSync(file, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
  })
}

function git(folder: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = run(
    folder,
    'git',
    '-c',
    'user.name=A',
    '-c',
    'user.email=a@example.org',
    ...args,
  )
  if (status !== 0) throw new Error(stderr)
  return stdout.trim()
}

function actionDist(folder: string, ...args: readonly string[]): Ended {
  return run(folder, process.execPath, join('tools', 'action-dist.mjs'), ...args)
}

async function filesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const module = (await import(join(root, 'tools', 'action-dist.mjs'))) as {
    filesIn(folder: string): ReadonlyMap<string, string>
  }
  return module.filesIn(join(folder, 'packages', 'action', 'dist'))
}

describe('the bundle of the action', () => {
  let folder = ''

  beforeAll(() => {
    folder = copyOfSources()
    git(folder, 'init', '-q', '-b', 'main')
    git(folder, 'config', 'user.name', 'A')
    git(folder, 'config', 'user.email', 'a@example.org')
    git(folder, 'add', '.')
    git(folder, 'commit', '-q', '-m', 'sources')
  })

  afterAll(() => {
    for (const one of folders) rmSync(one, { recursive: true, force: true })
  })

  it('is the same, byte for byte, from two folders', async () => {
    const other = copyOfSources()
    for (const one of [folder, other]) expect(actionDist(one)).toMatchObject({ status: 0 })
    const files = await filesIn(folder)
    expect(files.size).toBeGreaterThan(10)
    expect([...files]).toEqual([...(await filesIn(other))])
  })

  it('is committed on a tag alone, and proven to be that of its sources', () => {
    expect(actionDist(folder, '--check', 'HEAD')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('HEAD has no packages/action/dist') as string,
    })
    const head = git(folder, 'rev-parse', 'HEAD')
    expect(actionDist(folder, '--tag', 'v0.1.0')).toMatchObject({ status: 0 })
    expect(actionDist(folder, '--check', 'v0.1.0')).toMatchObject({ status: 0 })
    expect([git(folder, 'rev-parse', 'HEAD'), git(folder, 'status', '--porcelain')]).toEqual([head, ''])
    expect(git(folder, 'ls-tree', '-r', '--name-only', 'v0.1.0', 'packages/action/dist')).toContain(
      'main.cjs',
    )
    expect(git(folder, 'diff', '--name-only', 'HEAD', 'v0.1.0', '--', ':!packages/action/dist')).toBe('')
  })

  it('that somebody has changed, added to or taken from is told of, by file', () => {
    const tree = mkdtempSync(join(tmpdir(), 'chartroom-dist-tree-'))
    folders.push(tree)
    git(folder, 'worktree', 'add', '-q', '--detach', join(tree, 'tree'), 'v0.1.0')
    const dist = join(tree, 'tree', 'packages', 'action', 'dist')
    expect(existsSync(join(dist, 'main.cjs'))).toBe(true)
    cpSync(join(dist, 'LICENSE'), join(dist, 'main.cjs'))
    cpSync(join(dist, 'LICENSE'), join(dist, 'extra.cjs'))
    rmSync(join(dist, 'LICENSES.txt'))
    git(join(tree, 'tree'), 'add', '--force', '--all', 'packages/action/dist')
    git(join(tree, 'tree'), 'commit', '-q', '-m', 'changed')
    const { status, stderr } = actionDist(folder, '--check', git(join(tree, 'tree'), 'rev-parse', 'HEAD'))
    expect(status).toBe(1)
    expect(stderr.trim().split('\n').slice(1)).toEqual([
      'missing: LICENSES.txt',
      'not built from these sources: extra.cjs',
      'other content: main.cjs',
    ])
  })

  it('is not made of sources that are not committed', () => {
    cpSync(join(folder, 'LICENSE'), join(folder, 'packages', 'action', 'src', 'new.ts'))
    const { status, stderr } = actionDist(folder, '--tag', 'v0.2.0')
    rmSync(join(folder, 'packages', 'action', 'src', 'new.ts'))
    expect([status, stderr]).toEqual([1, expect.stringContaining('not committed')])
    expect(git(folder, 'tag', '--list', 'v0.2.0')).toBe('')
  })

  it('takes a commit that git does not know, or a word of another kind, for a mistake', () => {
    expect(actionDist(folder, '--check', 'nowhere').status).toBe(1)
    expect(actionDist(folder, '--chek')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('usage') as string,
    })
  })
})
