import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOwnTown } from './own-town.ts'
import type { WorkflowResult } from './runner.ts'
import { secretsShown } from './runner.ts'
import type { Town } from './town.ts'

const dist = 'packages/action/dist/main.cjs'

let town: Town

beforeAll(async () => {
  town = await openOwnTown()
})

afterAll(() => town?.close())

async function make(tag: string): Promise<WorkflowResult> {
  const sha = (await town.git('rev-parse', 'main')).trim()
  const result = await town.run('release.yml', {
    name: 'workflow_dispatch',
    ref: 'refs/heads/main',
    sha,
    inputs: { tag },
  })
  expect(secretsShown(result)).toEqual([])
  return result
}

describe('a release of the action', () => {
  it('is a tag on a commit that has dist, which the branch has not, and dist is proved', async () => {
    const result = await make('v0.1.0')
    expect(result.conclusion, result.log).toBe('success')
    expect(result.jobs['prove']?.permissions).toEqual({ contents: 'read' })
    expect(await town.fileOf('v0.1.0', dist)).toContain('require')
    expect(await town.fileOf('main', dist)).toBeUndefined()
    expect(await town.headOf('v0.1.0^')).toBe(await town.headOf('main'))
  })

  it('that is there is not made again, and is proved again', async () => {
    const before = await town.headOf('v0.1.0')
    const result = await make('v0.1.0')
    expect(result.conclusion, result.log).toBe('success')
    expect(result.log).toContain('nothing to make')
    expect(await town.headOf('v0.1.0')).toBe(before)
  })

  it('that somebody pushed with another dist is found out', async () => {
    await town.git('fetch', '-q', '--tags')
    await town.git('checkout', '-q', '-b', 'forged', 'v0.1.0')
    await town.write(dist, `${await town.read(dist)}\n// one line more\n`)
    await town.git('add', '-f', dist)
    await town.git('commit', '-q', '-m', 'forged')
    const forged = await town.run('release.yml', await town.tag('v0.1.1'))
    expect(forged.jobs['tag']?.result).toBe('skipped')
    expect(forged.jobs['prove']?.result).toBe('failure')
    await town.git('checkout', '-q', 'main')
    const without = await town.run('release.yml', await town.tag('v0.1.2'))
    expect(without.conclusion).toBe('failure')
  })

  it.each(['$(touch pwned)', 'v1.0.0\n::set-output name=x::y', 'main', 'v1.0.0; touch pwned'])(
    'is not made for %j',
    async (tag) => {
      const result = await make(tag)
      expect(result.jobs['tag']?.result).toBe('failure')
      expect(result.jobs['prove']?.result).toBe('skipped')
      expect(existsSync(join(town.work, 'pwned'))).toBe(false)
    },
  )
})
