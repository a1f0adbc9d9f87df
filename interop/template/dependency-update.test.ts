import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bench } from './bench.ts'
import { chartYaml, helms, openBench } from './bench.ts'

let bench: Bench

beforeAll(async () => {
  bench = await openBench()
})

afterAll(() => bench?.close())

/** A chart that needs a range of the chart beside it, for each program. */
async function place(range: string): Promise<void> {
  for (const who of ['theirs', 'ours']) {
    await rm(join(bench.home.folder, who), { recursive: true, force: true })
    await bench.write({
      [`${who}/lib/Chart.yaml`]: chartYaml('lib'),
      [`${who}/lib/templates/lib.yaml`]: 'kind: Secret\n',
      [`${who}/umbrella/Chart.yaml`]: `${chartYaml('umbrella')}dependencies:
- {name: lib, version: "${range}", repository: "file://../lib"}
`,
      [`${who}/umbrella/templates/own.yaml`]: 'kind: Service\n',
    })
  }
}

async function filesOf(who: string): Promise<string[]> {
  return (await readdir(join(bench.home.folder, who, 'umbrella'), { recursive: true })).sort()
}

/** Helm 3 leaves out the blank line behind a document; both helms write what they fetch among the manifests. */
function manifests(stdout: string): string {
  return stdout.slice(stdout.indexOf('---')).replace(/\n\n(---|$)/g, '\n$1')
}

describe.each(helms)('template --dependency-update, as %s,', (helm) => {
  it('fetches what is missing, and prints the same, at once and again', async () => {
    await place('^1')
    for (const isFirst of [true, false]) {
      const theirs = await bench.helm(helm, ['template', 'theirs/umbrella', '--dependency-update'])
      const ours = await bench.chartroom(['template', 'ours/umbrella', '--dependency-update'])
      expect([ours.code, manifests(ours.stdout)]).toEqual([0, manifests(theirs.stdout)])
      const saved = isFirst ? 'Saving 1 charts' : ''
      expect(`${theirs.stdout}${theirs.stderr}`).toContain(saved)
      expect([ours.stdout.slice(0, 3), ours.stderr]).toEqual(['---', expect.stringContaining(saved)])
      expect(await filesOf('ours')).toEqual(await filesOf('theirs'))
      expect(await filesOf('ours')).toContain('charts/lib-1.0.0.tgz')
    }
  })

  it.each([
    ['^2', 4, "can't get a valid version for 1 subchart(s)"],
    ['what', 8, 'improper constraint'],
  ])('fails with the range %s', async (range, code, words) => {
    await place(range)
    const theirs = await bench.helm(helm, ['template', 'theirs/umbrella', '--dependency-update'])
    const ours = await bench.chartroom(['template', 'ours/umbrella', '--dependency-update'])
    expect([theirs.code, theirs.stderr]).toEqual([1, expect.stringContaining(words)])
    expect([ours.code, ours.stdout, ours.stderr]).toEqual([code, '', expect.stringContaining(words)])
    expect(await filesOf('ours')).toEqual(['Chart.yaml', 'templates', 'templates/own.yaml'])
  })

  it('updates no archive', async () => {
    await place('^1')
    await bench.pack('theirs/umbrella', 'theirs.tgz')
    const line = ['template', 'theirs.tgz', '--dependency-update']
    for (const { code, stderr } of [await bench.helm(helm, line), await bench.chartroom(line)]) {
      expect([code === 0, stderr]).toEqual([
        false,
        expect.stringContaining('only unpacked charts can be updated'),
      ])
    }
  })
})
