import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { branchDesk, packed, publishTo } from '../../../test/branch-desk.ts'

const branch = 'gh-pages'

describe('a branch that others change between plan and push', () => {
  it('keeps what they published, and gets ours on top', async () => {
    const desk = branchDesk()
    await publishTo(desk, [packed('app', '1.0.0')])
    const result = await publishTo(desk, [packed('app', '1.2.0')], {
      meanwhile: () => publishTo(desk, [packed('app', '1.1.0'), packed('api', '1.0.0')]),
    })
    expect(result).toMatchObject({ action: 'create', status: 'done' })
    const { entries } = desk.index()
    expect(entries.get('app')?.map(({ version }) => version)).toEqual(['1.2.0', '1.1.0', '1.0.0'])
    expect(entries.get('api')).toHaveLength(1)
    expect(desk.git('rev-list', '--count', '--no-merges', branch)).toBe('3')
    expect(desk.git('fsck', '--strict', '--no-dangling')).toBe('')
    expect(desk.left()).toEqual([])
  })

  it('keeps also what is no chart', async () => {
    const desk = branchDesk()
    await publishTo(desk, [packed('app', '1.0.0')])
    const index = desk.git('show', `${branch}:index.yaml`)
    await publishTo(desk, [packed('app', '1.2.0')], {
      meanwhile: () =>
        desk.write(
          branch,
          { 'index.yaml': `${index}\n`, CNAME: 'charts.example' },
          desk.git('rev-parse', branch),
        ),
    })
    expect(desk.git('show', `${branch}:CNAME`)).toBe('charts.example')
    expect(desk.index().entries.get('app')).toHaveLength(2)
  })

  it('is a conflict where they published the same version with other content', async () => {
    const desk = branchDesk()
    await publishTo(desk, [packed('app', '1.0.0')])
    const theirs = packed('app', '1.1.0', 'theirs: 1\n')
    const result = await publishTo(desk, [packed('app', '1.1.0')], {
      meanwhile: () => publishTo(desk, [theirs]),
    })
    expect(result).toMatchObject({ status: 'failed', error: { code: 'CONFLICT' } })
    expect(desk.index().entries.get('app')?.[0]?.digest).toBe(theirs.digest.slice('sha256:'.length))
    expect(desk.left()).toEqual([])
  })

  it('gets no second commit where they published the same', async () => {
    const desk = branchDesk()
    const result = await publishTo(desk, [packed('app', '1.0.0')], {
      meanwhile: () => publishTo(desk, [packed('app', '1.0.0')]),
    })
    expect(result?.status).toBe('done')
    expect(desk.git('rev-list', '--count', branch)).toBe('1')
  })

  it('is not overwritten where they made it first', async () => {
    const desk = branchDesk()
    await publishTo(desk, [packed('app', '1.0.0')], {
      meanwhile: () => desk.write(branch, { 'README.md': 'first' }),
    })
    expect(desk.git('show', `${branch}:README.md`)).toBe('first')
    expect(desk.index().entries.size).toBe(1)
  })

  it('waits for the lock that another push holds', async () => {
    const desk = branchDesk()
    await publishTo(desk, [packed('app', '1.0.0')])
    const lock = join(desk.remote, 'refs', 'heads', `${branch}.lock`)
    const result = await publishTo(desk, [packed('app', '1.1.0')], {
      meanwhile: () => {
        writeFileSync(lock, '')
        setTimeout(() => rmSync(lock), 400)
      },
    })
    expect(result?.status).toBe('done')
    expect(desk.index().entries.get('app')).toHaveLength(2)
  })

  it('takes the charts of many publishers at once', async () => {
    const desk = branchDesk()
    const names = ['a', 'b', 'c', 'd', 'e']
    const results = await Promise.all(names.map((name) => publishTo(desk, [packed(name, '1.0.0')])))
    expect(results.map((result) => result?.status)).toEqual(names.map(() => 'done'))
    expect([...desk.index().entries.keys()]).toEqual(names)
    expect(desk.git('rev-list', '--count', branch)).toBe(String(names.length))
  })
})

describe('a branch that others change before it is read back', () => {
  it('is well while our chart is in it', async () => {
    const desk = branchDesk()
    const result = await publishTo(desk, [packed('app', '1.0.0')], {
      afterwards: () => publishTo(desk, [packed('api', '1.0.0')]),
    })
    expect(result?.status).toBe('done')
  })

  it.each([
    ['replaced', true],
    ['gone', false],
  ])('is reported when our chart is %s', async (_, force) => {
    const desk = branchDesk()
    const result = await publishTo(desk, [packed('app', '1.0.0')], {
      afterwards: () =>
        force
          ? publishTo(desk, [packed('app', '1.0.0', 'theirs: 1\n')], { force })
          : desk.git('update-ref', '-d', `refs/heads/${branch}`),
    })
    expect(result).toMatchObject({ status: 'failed', error: { code: 'DIGEST_MISMATCH' } })
  })
})

describe('a branch that somebody rewrites between plan and push', () => {
  it('starts from the new history, and the old one does not come back', async () => {
    const desk = branchDesk()
    await publishTo(desk, [packed('secret', '1.0.0')])
    const removed = desk.git('rev-parse', branch)
    await publishTo(desk, [packed('app', '1.0.0')], {
      meanwhile: () => desk.write(branch, { 'README.md': 'new' }),
    })
    expect([...desk.index().entries.keys()]).toEqual(['app'])
    expect(desk.git('rev-list', branch)).not.toContain(removed)
    expect(desk.git('ls-tree', '--name-only', branch).split('\n')).toEqual([
      'README.md',
      'app-1.0.0.tgz',
      'index.yaml',
    ])
  })

  // Ours is a fast-forward of it in the eyes of git.
  it('back to an earlier commit stays there', async () => {
    const desk = branchDesk()
    await publishTo(desk, [packed('app', '1.0.0')])
    const earlier = desk.git('rev-parse', branch)
    await publishTo(desk, [packed('secret', '1.0.0')])
    const removed = desk.git('rev-parse', branch)
    await publishTo(desk, [packed('app', '1.1.0')], {
      meanwhile: () => desk.git('update-ref', `refs/heads/${branch}`, earlier),
    })
    expect([...desk.index().entries.keys()]).toEqual(['app'])
    expect(desk.git('rev-list', branch)).not.toContain(removed)
    expect(desk.git('rev-parse', `${branch}~1`)).toBe(earlier)
  })

  it('away altogether is made anew', async () => {
    const desk = branchDesk()
    await publishTo(desk, [packed('secret', '1.0.0')])
    await publishTo(desk, [packed('app', '1.0.0')], {
      meanwhile: () => desk.git('update-ref', '-d', `refs/heads/${branch}`),
    })
    expect([...desk.index().entries.keys()]).toEqual(['app'])
    expect(desk.git('rev-list', '--count', branch)).toBe('1')
  })

  it('to one with other content under the version is a conflict', async () => {
    const desk = branchDesk()
    const elsewhere = branchDesk()
    await publishTo(desk, [packed('old', '1.0.0')])
    await publishTo(elsewhere, [packed('app', '1.0.0', 'theirs: 1\n')])
    const result = await publishTo(desk, [packed('app', '1.0.0')], {
      meanwhile: () =>
        desk.git('fetch', '--quiet', elsewhere.remote, `+refs/heads/${branch}:refs/heads/${branch}`),
    })
    expect(result).toMatchObject({ status: 'failed', error: { code: 'CONFLICT' } })
    expect(desk.git('rev-parse', branch)).toBe(elsewhere.git('rev-parse', branch))
  })
})
