import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { chartLimits, loadChart, packChart } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import type { LintRequest } from './lint.ts'
import { lintCharts } from './lint.ts'
import { subchartPaths } from './subcharts.ts'

let work = ''
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'chartroom-lint-'))
})
afterEach(() => rmSync(work, { recursive: true, force: true }))

const head = 'apiVersion: v2\nname: c\nversion: 1.0.0\nicon: https://i/x.png\n'

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(work, name)), { recursive: true })
    writeFileSync(join(work, name), text)
  }
}

async function lint(path: string, more: Partial<LintRequest> = {}): Promise<string[]> {
  const [chart] = await lintCharts({ paths: [path], values: new Map(), namespace: 'default', ...more }, work)
  const found = (chart?.findings ?? []).map((one) => `${one.severity} ${one.path}: ${one.message}`)
  return chart?.unreadable === undefined ? found : [chart.unreadable, ...found]
}

describe('lintCharts', () => {
  it('reads Chart.yaml and values.yaml although .helmignore leaves them out, as helm does', async () => {
    write({
      'c/Chart.yaml': head,
      'c/values.yaml': '- a\n',
      'c/.helmignore': '*.yaml\n',
      'c/templates/x.txt': '',
    })
    expect(await lint('c')).toEqual([
      expect.stringMatching(/^error values\.yaml: unable to parse YAML: /),
      'error templates/: Chart.yaml file is missing',
      'error : unable to load chart\n\tChart.yaml file is missing',
    ])
  })

  it('refuses a link out of the chart, which publishing would refuse too', async () => {
    write({ 'c/Chart.yaml': head, 'c/values.yaml': '', 'c/templates/x.txt': '', secret: 's' })
    symlinkSync(join(work, 'secret'), join(work, 'c', 'secret'))
    expect(await lint('c')).toContainEqual(
      expect.stringMatching(/^error templates\/: the symbolic link .* leads out of/),
    )
  })

  it('has a finding for values.yaml that is too large', async () => {
    write({ 'c/Chart.yaml': head, 'c/values.yaml': '', 'c/templates/x.txt': '' })
    truncateSync(join(work, 'c', 'values.yaml'), chartLimits.fileBytes + 1)
    expect(await lint('c')).toContainEqual(
      expect.stringMatching(/^error values\.yaml: .*larger than the maximum file size 5242880/),
    )
  })

  it.each([
    ['that is none', 'text', /^unable to extract tarball: .*gzip/],
    ['that is too large', undefined, /is larger than \d+ bytes/],
  ])('says of an archive %s that there is no chart', async (_, text, message) => {
    write({ 'c.tgz': text ?? '' })
    if (text === undefined) truncateSync(join(work, 'c.tgz'), chartLimits.archiveBytes + 1)
    expect(await lint('c.tgz')).toEqual([expect.stringMatching(message)])
  })

  it('lints an archive as the folder that it unpacks to', async () => {
    const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
    const files = [
      { name: 'Chart.yaml', data: encode(head) },
      { name: 'values.yaml', data: encode('') },
      { name: 'templates/x.md', data: encode('') },
    ]
    const archive = packChart(loadChart(files, nodePorts), { time: new Date(0), ports: nodePorts })
    writeFileSync(join(work, 'c.tgz'), archive)
    expect(await lint('c.tgz')).toEqual([
      expect.stringMatching(/^error templates\/x\.md: file extension '\.md'/),
    ])
  })

  it.each([
    ['charts/c', 'charts/c'],
    ['./charts/c/', 'charts/c'],
    ['.', '.'],
    ['..', undefined],
  ])('places %s for reports', async (path, location) => {
    const [chart] = await lintCharts({ paths: [path], values: new Map(), namespace: 'default' }, work)
    expect(chart?.location).toBe(location ?? dirname(work).split('\\').join('/'))
  })
})

describe('subchartPaths', () => {
  it('finds folders and archives at any depth, in the order of helm', () => {
    write({
      'c/charts/b/Chart.yaml': '',
      'c/charts/b/charts/a-1.0.0.tgz': '',
      'c/charts/b/charts/z/Chart.yaml': '',
      'c/charts/a.tar.gz': '',
      'c/charts/README.md': '',
      'c/charts/group/d/Chart.yaml': '',
    })
    expect(subchartPaths('c', work)).toEqual(
      ['a.tar.gz', 'b', 'b/charts/a-1.0.0.tgz', 'b/charts/z', 'group/d'].map((name) =>
        join('c/charts', name),
      ),
    )
  })

  it('follows no links, and looks no deeper than its limit', () => {
    write({ 'other/Chart.yaml': '', 'c/charts/a/Chart.yaml': '' })
    symlinkSync(join(work, 'other'), join(work, 'c', 'charts', 'link'))
    mkdirSync(join(work, 'c/charts', 'd/'.repeat(limits.folderDepth)), { recursive: true })
    write({ [`c/charts/${'d/'.repeat(limits.folderDepth)}Chart.yaml`]: '' })
    expect(subchartPaths('c', work)).toEqual([join('c', 'charts', 'a')])
  })

  it('is empty for what has no charts', () => {
    expect(subchartPaths('gone', work)).toEqual([])
    write({ 'c.tgz': '' })
    expect(subchartPaths('c.tgz', work)).toEqual([])
  })
})
