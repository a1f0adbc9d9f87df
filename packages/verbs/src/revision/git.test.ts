import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { gitOutput, runGit, zeroSeparated } from './git.ts'

const context = { cwd: tmpdir(), env: { PATH: process.env['PATH'], HOME: tmpdir() } }

describe('git', () => {
  it('gives its output, and how it ended', async () => {
    expect(await runGit(context, ['--version'])).toMatchObject({ code: 0, stderr: '' })
    expect(await runGit(context, ['nonsense'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("'nonsense' is not a git command"),
    })
    expect((await gitOutput(context, ['hash-object', '--stdin'], { input: '' })).toString()).toBe(
      'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391\n',
    )
  })

  it('has its words in the error of what has to end well', async () => {
    await expect(gitOutput(context, ['-c', 'a.b=c', 'cat-file', 'blob', 'x'])).rejects.toMatchObject({
      code: 'IO',
      message: expect.stringMatching(/^git cat-file failed in .*: fatal: /),
    })
  })

  it('is stopped by a signal', async () => {
    const signal = AbortSignal.abort()
    await expect(runGit({ ...context, signal }, ['--version'])).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('may not print without end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chartroom-git-'))
    try {
      writeFileSync(join(folder, 'git'), '#!/bin/sh\nexec yes\n')
      chmodSync(join(folder, 'git'), 0o755)
      const env = { PATH: `${folder}:${process.env['PATH']}` }
      await expect(runGit({ cwd: folder, env }, ['log'])).rejects.toMatchObject({
        code: 'LIMIT_EXCEEDED',
        message: `git log prints more than ${limits.gitOutputBytes} bytes`,
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('output with zero bytes', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['a\0', ['a']],
    ['a\0b\nc\0', ['a', 'b\nc']],
  ])('%j is %j', (output, parts) => {
    expect(zeroSeparated(Buffer.from(output))).toEqual(parts)
  })
})
