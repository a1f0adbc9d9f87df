import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { hasCode } from '@chartroom/errors'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChartFile } from '../file.ts'
import { limits } from '../limits.ts'
import { loadArchive, loadChart } from '../load-chart.ts'
import { nodePorts } from '../node/ports.ts'
import { readFolder } from '../node/read-folder.ts'
import { manifestAnnotations } from '../oci/annotations.ts'
import { configJson } from '../oci/config.ts'
import { versionToTag } from '../oci/version-tag.ts'
import { archiveName, packChart } from './pack-chart.ts'
import { archiveContent, readArchive } from './read-archive.ts'

type Content = string | { base64: string } | { link: string }

interface Case {
  readonly files: Record<string, Content>
  readonly error?: string
  readonly archive?: string
  readonly entries?: Record<string, string | { base64: string }>
  readonly tag?: string
  readonly config?: string
  readonly annotations?: string
}

// Written by interop/oracle/chart/regenerate.mjs from the real helm.
const golden: { created: string; cases: Record<string, Case> } = JSON.parse(
  readFileSync(new URL('../../golden/folders.json', import.meta.url), 'utf8'),
)
const created = new Date(golden.created)
// Windows can hold neither these names nor, without a privilege, links.
const cases = Object.entries(golden.cases).filter(
  ([, { files }]) =>
    process.platform !== 'win32' ||
    Object.entries(files).every(
      ([name, content]) => !/[<>:"|?*\\]/.test(name) && !Object.hasOwn(Object(content), 'link'),
    ),
)
const ports = nodePorts
let work = ''
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'pack-chart-'))
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

describe('packChart and helm 4.2.4 make the same of one folder', () => {
  const good = cases.filter(([, { error }]) => error === undefined)
  it.each(good)('%s', async (_, { files, ...helm }) => {
    const archive = packChart(await readFolder(writeFolder(files)), { time: created, ports })
    const { metadata } = loadArchive(archive, ports)
    expect(archiveName(metadata)).toBe(helm.archive)
    expect(Object.fromEntries(readArchive(archive, ports).map(readable))).toEqual(helm.entries)
    if (helm.config === undefined) return
    expect(new TextDecoder().decode(configJson(metadata))).toBe(helm.config)
    expect(manifestAnnotations(metadata, created)).toEqual(withoutPrototype(helm.annotations ?? ''))
    expect(versionToTag(metadata.version)).toBe(helm.tag)
  })
})

describe('a folder that helm refuses is refused', () => {
  const bad = cases.filter(([, { error }]) => error !== undefined)
  it.each(bad)('%s', async (name, { files, error = '' }) => {
    const folder = writeFolder(files)
    const ours = await readFolder(folder).then(
      (chart) => packed(chart),
      (thrown: unknown) => thrown,
    )
    expect(hasCode(ours, 'CHART_INVALID', 'YAML_INVALID', 'ARCHIVE_INVALID', 'CHART_NOT_FOUND')).toBe(true)
    expect(String(ours)).toContain(ourWords.get(name) ?? error.replaceAll('/work/c', folder))
  })

  function packed(chart: Awaited<ReturnType<typeof readFolder>>): unknown {
    try {
      return packChart(chart, { time: created, ports })
    } catch (thrown) {
      return thrown
    }
  }

  // Where helm speaks of Go, or hides the reason.
  const ourWords = new Map([
    ['Chart.yaml v3', 'unsupported chart version'],
    ['dangling link', 'error evaluating symlink'],
    ['ignored dangling link', 'error evaluating symlink'],
    ['link in a circle', 'error evaluating symlink'],
    ['lock bad time', 'cannot load Chart.lock: error unmarshaling JSON: while decoding JSON: '],
    ['lock impossible day', 'cannot load Chart.lock: error unmarshaling JSON: while decoding JSON: '],
    ['schema broken', 'invalid JSON in values.schema.json'],
    ['schema empty', 'invalid JSON in values.schema.json'],
    ['schema in a subchart broken', 'invalid JSON in values.schema.json'],
    ['folder named like an archive', 'expected s.tgz, got s.tgz/Chart.yaml'],
    ['subchart that is no archive', 'error unpacking subchart s.tgz in c: '],
  ])
})

describe('an archive', () => {
  it('has the same bytes whatever the order of the files and the clock of the machine', () => {
    const files = [...chartOf('c', '1.0.0'), file('b', '2'), file('a', '1')]
    const time = new Date('2022-01-01T00:00:00Z')
    const one = packChart(loadChart(files, ports), { time, ports })
    const other = packChart(loadChart(files.toReversed(), ports), {
      time: new Date(time.getTime() + 999),
      ports,
    })
    expect(Buffer.from(other).equals(one)).toBe(true)
    // Fixed for all machines: a change here changes every digest that users have published.
    expect(ports.sha256(one)).toBe('b239dcb5cab46f4ebd89554ac69a5c9bcda7ed8e8b5f71a6dae8e282e29e70f9')
  })

  it('names no system, no time and no file in its gzip header', () => {
    const archive = packChart(loadChart(chartOf('c', '1.0.0'), ports), { time: created, ports })
    expect([...archive.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
  })

  it('carries one time, which is its newest', () => {
    const archive = packChart(loadChart(chartOf('c', '1.0.0'), ports), { time: created, ports })
    expect(archiveContent(archive, ports).newest).toEqual(created)
  })

  it('reads back as what was packed', () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9é日_-]{1,80}(\/[a-z0-9é.]{1,60}x){0,3}$/)
    const files = fc.uniqueArray(fc.tuple(name, fc.uint8Array({ maxLength: 2000 })), {
      selector: ([path]) => path.split('/')[0]?.toLowerCase(),
      maxLength: 8,
    })
    fc.assert(
      fc.property(files, (extra) => {
        const others = extra
          .filter(([path]) => !/^(charts|templates|requirements|values)/i.test(path))
          .map(([path, data]) => ({ name: `x-${path}`, data }))
        const archive = packChart(loadChart([...chartOf('c', '1.0.0'), ...others], ports), {
          time: created,
          ports,
        })
        const back = new Map(
          readArchive(archive, ports).map(({ name: path, data }) => [path, Buffer.from(data)]),
        )
        expect(back.size).toBe(others.length + 1)
        for (const other of others) expect(back.get(`c/${other.name}`)?.equals(other.data)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})

describe('packChart refuses what could not be read again', () => {
  it.each([
    ['two subcharts of one name', [...subchart('a', 's'), ...subchart('b', 's')], 'two subcharts named s'],
    ['names that differ in case', [file('README.md', ''), file('readme.md', '')], 'differ only in case'],
    ['a name with a backslash', [file('a\\b', '')], 'backslash'],
    ['a name that begins with two dots', [file('..a', '')], 'illegally references parent directory'],
    ['a name that is too long', [file('a'.repeat(limits.nameBytes), '')], 'longer than'],
    [
      'a file that is too large',
      [{ name: 'a', data: new Uint8Array(limits.fileBytes + 1) }],
      'maximum file size',
    ],
  ])('%s', (_, files, message) => {
    const chart = loadChart([...chartOf('c', '1.0.0'), ...files], ports)
    expect(() => packChart(chart, { time: created, ports })).toThrow(message)
  })

  it('a chart that is too large', () => {
    const data = new Uint8Array(limits.fileBytes)
    const files = Array.from({ length: 21 }, (_, i) => ({ name: `f${i}`, data }))
    const chart = loadChart([...chartOf('c', '1.0.0'), ...files], ports)
    expect(() => packChart(chart, { time: created, ports })).toThrow('chart is larger than the maximum size')
  })

  it('a chart of too many files', () => {
    const files = Array.from({ length: limits.entries }, (_, i) => file(`f${i}`, ''))
    const chart = loadChart([...chartOf('c', '1.0.0'), ...files], ports)
    expect(() => packChart(chart, { time: created, ports })).toThrow('more than 20000 files')
  })
})

function chartOf(name: string, version: string): ChartFile[] {
  return [file('Chart.yaml', `apiVersion: v2\nname: ${name}\nversion: ${version}\n`)]
}

function subchart(folder: string, name: string): ChartFile[] {
  return [file(`charts/${folder}/Chart.yaml`, `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`)]
}

function file(name: string, text: string): ChartFile {
  return { name, data: new TextEncoder().encode(text) }
}

function writeFolder(files: Record<string, Content>): string {
  const folder = join(mkdtempSync(join(work, 'case-')), 'c')
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    if (typeof content === 'string') writeFileSync(path, content)
    else if ('link' in content) symlinkSync(content.link, path)
    else writeFileSync(path, Buffer.from(content.base64, 'base64'))
  }
  return folder
}

function readable({ name, data }: ChartFile): [string, string | { base64: string }] {
  const bytes = Buffer.from(data)
  const text = bytes.toString('utf8')
  return [name, Buffer.from(text).equals(bytes) ? text : { base64: bytes.toString('base64') }]
}

function withoutPrototype(json: string): object {
  return Object.assign(Object.create(null), JSON.parse(json))
}
