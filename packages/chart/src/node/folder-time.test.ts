import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { folderTime } from './folder-time.ts'

const env = {
  PATH: process.env['PATH'],
  HOME: tmpdir(),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CEILING_DIRECTORIES: tmpdir(),
}
let work = ''
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'folder-time-'))
  mkdirSync(join(work, 'tree', 'chart'), { recursive: true })
  mkdirSync(join(work, 'tree', 'other'))
  mkdirSync(join(work, 'plain'))
  git('init', '--quiet')
  commit('chart/a', '2021-01-01T00:00:00Z')
  commit('other/a', '2022-01-01T00:00:00Z')
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

describe('the time of a folder is', () => {
  it('SOURCE_DATE_EPOCH before all else', async () => {
    const time = await folderTime(join(work, 'tree', 'chart'), { ...env, SOURCE_DATE_EPOCH: '86400' })
    expect(time.toISOString()).toBe('1970-01-02T00:00:00.000Z')
  })

  it('that of the last commit that touched it', async () => {
    expect((await folderTime(join(work, 'tree', 'chart'), env)).toISOString()).toBe(
      '2021-01-01T00:00:00.000Z',
    )
    expect((await folderTime(join(work, 'tree'), env)).toISOString()).toBe('2022-01-01T00:00:00.000Z')
  })

  it('1980 without a work tree', async () => {
    expect((await folderTime(join(work, 'plain'), env)).toISOString()).toBe('1980-01-01T00:00:00.000Z')
  })

  it('1980 without git', async () => {
    const time = await folderTime(join(work, 'tree', 'chart'), { PATH: join(work, 'plain') })
    expect(time.toISOString()).toBe('1980-01-01T00:00:00.000Z')
  })
})

it.each(['yesterday', '-1', '1.5', '99999999999999'])(
  'SOURCE_DATE_EPOCH=%s is a usage error',
  async (text) => {
    await expect(folderTime(work, { SOURCE_DATE_EPOCH: text })).rejects.toMatchObject({ code: 'USAGE' })
  },
)

function commit(path: string, date: string): void {
  writeFileSync(join(work, 'tree', path), date)
  git('add', '.')
  git('-c', 'user.name=n', '-c', 'user.email=e', 'commit', '--quiet', '-m', path, '--date', date)
}

function git(...args: string[]): void {
  const date = args.at(-1) ?? ''
  execFileSync('git', args, {
    cwd: join(work, 'tree'),
    env: { ...env, GIT_COMMITTER_DATE: date.endsWith('Z') ? date : undefined },
  })
}
