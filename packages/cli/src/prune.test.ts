import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pruneSummary, sizeText } from './prune-output.ts'
import { prunedRepositories } from './shape/prune.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop
let app: string

beforeEach(async () => {
  shop = await openWorkshop()
  app = `oci://${shop.host}/charts/app`
  for (const version of ['1.0.0', '1.1.0', '1.2.0', '2.0.0-rc.1']) {
    await shop.chart('app', version)
    await shop.chartroom('publish', 'app', '--to', `oci://${shop.host}/charts`)
  }
})

afterEach(() => shop.close())

async function tags(repository = 'charts/app'): Promise<string[]> {
  const answer = await fetch(`http://${shop.host}/v2/${repository}/tags/list`)
  return ((await answer.json()) as { tags: string[] }).tags
}

describe('prune', () => {
  it('S44 prints the plan in a pipe, and does nothing', async () => {
    const { code, stdout, stderr } = await shop.chartroom('prune', app, '--keep', '2')
    expect(code).toBe(0)
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['TAG', 'RESULT', 'SIZE', 'REASON'],
      ['charts/app:2.0.0-rc.1', 'kept', expect.stringMatching(/^[\d.]+ k?B$/), 'of the 2 newest'],
      ['charts/app:1.2.0', 'kept', expect.any(String), 'of the 2 newest'],
      ['charts/app:1.1.0', 'would remove', expect.any(String), 'not of the 2 newest'],
      ['charts/app:1.0.0', 'would remove', expect.any(String), 'not of the 2 newest'],
      [''],
    ])
    expect(stderr).toMatch(/^Would remove 2 of 4 tags and 2 manifests, [\d.]+ k?B: pass --yes to do it\.\n$/)
    expect(await tags()).toHaveLength(4)
  })

  it('S44 does it with --yes, and finds nothing to do then', async () => {
    await shop.chartroom('tag', `${app}:1.0.0`, 'latest')
    const { repositories } = await shop.json(prunedRepositories, 'prune', app, '--keep', '1', '--yes')
    expect(repositories[0]?.tags.map(({ tag, status }) => [tag, status])).toEqual([
      ['2.0.0-rc.1', 'kept'],
      ['1.2.0', 'kept'],
      ['1.1.0', 'removed'],
      ['1.0.0', 'removed'],
      ['latest', 'kept'],
    ])
    expect(await tags()).toEqual(['1.2.0', '2.0.0-rc.1', 'latest'])
    expect((await shop.chartroom('pull', `${app}:latest`)).code).toBe(0)
    const again = await shop.chartroom('prune', app, '--keep', '1', '--yes')
    expect([again.code, again.stderr]).toEqual([0, 'Nothing to remove.\n'])
  })

  it('takes several charts, and all below a path', async () => {
    for (const version of ['1.0.0', '2.0.0']) {
      await shop.chart('other', version)
      await shop.chartroom('publish', 'other', '--to', `oci://${shop.host}/charts`)
    }
    const other = `oci://${shop.host}/charts/other`
    const named = await shop.json(prunedRepositories, 'prune', app, other, '--keep', '1')
    expect(named.repositories.map(({ repository }) => repository)).toEqual([app, other])
    const below = await shop.json(
      prunedRepositories,
      'prune',
      `oci://${shop.host}/charts`,
      '--all',
      '--keep',
      '1',
    )
    expect(below).toEqual(named)
    await shop.json(prunedRepositories, 'prune', `oci://${shop.host}/charts`, '--all', '--keep', '1', '--yes')
    expect([await tags(), await tags('charts/other')]).toEqual([['1.2.0', '2.0.0-rc.1'], ['2.0.0']])
    const none = await shop.chartroom('prune', `oci://${shop.host}/nothing`, '--all', '--keep', '1')
    expect([none.code, none.stdout]).toEqual([0, 'No charts found\n'])
  })

  it('obeys every rule', async () => {
    for (const version of ['1.2.1', '1.2.1-ci.1', '1.2.1-ci.2']) {
      await shop.chart('app', version)
      await shop.chartroom('publish', 'app', '--to', `oci://${shop.host}/charts`)
    }
    const removed = async (...flags: string[]): Promise<string[]> => {
      const { repositories } = await shop.json(prunedRepositories, 'prune', app, ...flags)
      return (repositories[0]?.tags ?? []).flatMap(({ tag, status }) => (status === 'planned' ? [tag] : []))
    }
    expect(await removed('--keep-semver', 'minor')).toEqual(['1.2.1-ci.2', '1.2.1-ci.1', '1.2.0'])
    expect(await removed('--keep', '1', '--match', '*-ci.*')).toEqual(['1.2.1-ci.1'])
    expect(await removed('--keep', '1', '--exclude', '1.0.*', '--exclude', '*-*')).toEqual(['1.2.0', '1.1.0'])
    // These archives say no time.
    expect(await removed('--keep-days', '1')).toEqual([])
  })

  it.each([
    ['no rule', (reference: string) => [reference], /nothing says which versions stay/],
    ['a tag', (reference: string) => [`${reference}:1.0.0`, '--keep', '1'], /names one version/],
    ['a folder', () => ['./app', '--keep', '1'], /is not an address of a registry/],
    [
      'a number of none',
      (reference: string) => [reference, '--keep', '0'],
      /--keep takes a positive whole number/,
    ],
    [
      'a line there is not',
      (reference: string) => [reference, '--keep-semver', 'patch'],
      /Allowed choices are major, minor/,
    ],
    [
      'a pattern of no version',
      (reference: string) => [reference, '--keep', '1', '--match', '[0-9]'],
      /no pattern of versions/,
    ],
  ])('with %s is refused', async (_, args, message) => {
    const { code, stderr } = await shop.chartroom('prune', ...args(app), '--yes')
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)])
    expect(await tags()).toHaveLength(4)
  })

  it('says where there is no such chart', async () => {
    const { code } = await shop.chartroom('prune', `oci://${shop.host}/charts/none`, '--keep', '1')
    expect(code).toBe(4)
  })
})

describe('sizes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [12_345, '12.3 kB'],
    [999_999, '1.0 MB'],
    [5e15, '5000.0 TB'],
  ])('%d is %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text)
  })

  it('are not summed up where nothing goes', () => {
    expect(pruneSummary([])).toBeUndefined()
  })
})
