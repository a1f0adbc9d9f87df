import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { archive } from '../../../test/entry.ts'
import { parseGitAddress } from './address.ts'
import type { BranchWriterOptions } from './branch-writer.ts'
import { BranchWriter } from './branch-writer.ts'

function remote(...flags: string[]): string {
  const folder = join(temporaryFolder(), 'charts.git')
  execFileSync('git', ['init', '--quiet', '--bare', ...flags, folder])
  return folder
}

function writer(folder: string, more: Partial<BranchWriterOptions> = {}): BranchWriter {
  return new BranchWriter({
    address: parseGitAddress(`git+file://${folder}#gh-pages`),
    env: { PATH: process.env['PATH'], HOME: folder },
    cwd: folder,
    ...more,
  })
}

describe('BranchWriter', () => {
  it('gives up when others are faster again and again', async () => {
    const folder = remote()
    const writes = writer(folder, { pushTries: 3 })
    const one = archive('app', '1.0.0')
    await writes.stage(one)
    // As a push that never ends holds it.
    writeFileSync(join(folder, 'refs', 'heads', 'gh-pages.lock'), '')
    await expect(writes.commit([one])).rejects.toMatchObject({ code: 'STORE_BUSY' })
    rmSync(join(folder, 'refs', 'heads', 'gh-pages.lock'))
    await writes.commit([one])
    expect([...(await writes.index()).entries.keys()]).toEqual(['app'])
    await writes.close()
  })

  it('speaks the object format of the repository', async () => {
    const folder = remote('--object-format=sha256')
    const tree = execFileSync('git', ['--git-dir', folder, 'mktree'], { input: '' })
    const id = execFileSync('git', [
      '-c',
      'user.name=a',
      '-c',
      'user.email=b',
      '--git-dir',
      folder,
      'commit-tree',
      tree.toString().trim(),
      '-m',
      'x',
    ])
    execFileSync('git', ['--git-dir', folder, 'update-ref', 'refs/heads/gh-pages', id.toString().trim()])
    const writes = writer(folder)
    const one = archive('app', '1.0.0')
    await writes.index()
    await writes.stage(one)
    await writes.commit([one])
    const [entry] = (await writes.index()).entries.get('app') ?? []
    expect(entry && (await writes.archive(entry))).toEqual(Buffer.from(one.bytes))
    expect(entry && (await writes.holds(entry, one))).toBe(true)
    await writes.close()
  })

  it('names no file outside by the address in an index', async () => {
    const writes = writer(remote())
    const entry = { name: 'a', version: '1', created: undefined, digest: undefined, metadata: {} }
    for (const url of ['https://x/%zz.tgz', '../..', '..%2Fx/.hidden', ''])
      expect(await writes.archive({ ...entry, urls: [url] })).toBeUndefined()
    await writes.close()
  })
})
