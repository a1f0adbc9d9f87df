import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodePorts } from '@chartroom/chart/node'
import { temporaryFolder } from '@chartroom/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { archive, entry, index as indexOf } from '../../test/entry.ts'
import { publisher } from '../../test/publisher.ts'
import { formatIndex } from '../format-index.ts'
import type { IndexEntry } from '../index-model.ts'
import { parseIndex } from '../parse-index.ts'
import type { ArchiveFile } from './archive-file.ts'
import { FolderWriter } from './folder-writer.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartroom-folder-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

async function publish(writer: FolderWriter, archives: readonly ArchiveFile[]): Promise<void> {
  for (const one of archives) await writer.stage(one)
  await writer.commit(archives)
}

async function index(): Promise<ReturnType<typeof parseIndex>> {
  return parseIndex(await readFile(join(folder, 'index.yaml'), 'utf8'))
}

describe('FolderWriter', () => {
  it('shows nothing before the commit, and archive and entry after it', async () => {
    const writer = new FolderWriter({ folder })
    const one = archive('app', '1.0.0')
    await writer.stage(one)
    expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual([])
    await writer.commit([one])
    expect((await readdir(folder)).sort()).toEqual(['app-1.0.0.tgz', 'index.yaml'])
    const [entry] = (await index()).entries.get('app') ?? []
    expect(entry).toMatchObject({ urls: ['app-1.0.0.tgz'], digest: nodePorts.sha256(one.bytes) })
  })

  it('keeps other versions and when each was created, newest first', async () => {
    await publish(new FolderWriter({ folder }), [archive('app', '1.0.0')])
    const created = (await index()).entries.get('app')?.[0]?.created
    await publish(new FolderWriter({ folder, repoUrl: 'https://x/charts/' }), [
      archive('app', '1.10.0'),
      archive('app', '1.9.0'),
    ])
    const entries = (await index()).entries.get('app') ?? []
    expect(entries.map(({ version }) => version)).toEqual(['1.10.0', '1.9.0', '1.0.0'])
    expect(entries[2]?.created).toBe(created)
    expect(entries[0]?.urls).toEqual(['https://x/charts/app-1.10.0.tgz'])
  })

  it('loses nothing when many publish at once', async () => {
    const charts = Array.from({ length: 12 }, (_, i) => archive(`app${i}`, '1.0.0'))
    await Promise.all(charts.map((one) => publish(new FolderWriter({ folder }), [one])))
    expect([...(await index()).entries.keys()]).toHaveLength(12)
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('removes what it staged when the run is abandoned', async () => {
    const writer = new FolderWriter({ folder })
    await writer.stage(archive('app', '1.0.0'))
    await writer.abandon()
    expect(await readdir(folder)).toEqual([])
  })

  it('removes what killed publishers left, and takes over their lock', async () => {
    const dead = await deadProcess()
    await writeFile(join(folder, `.old-1.0.0.tgz.${dead}.staged`), '')
    await writeFile(join(folder, `index.yaml.${dead}.tmp`), '')
    await writeFile(join(folder, `.mine.tgz.${process.pid}.staged`), '')
    await writeFile(join(folder, '.index.lock'), `${dead} ${hostname()}\n`)
    await publish(new FolderWriter({ folder }), [archive('app', '1.0.0')])
    expect((await readdir(folder)).sort()).toEqual([
      `.mine.tgz.${process.pid}.staged`,
      'app-1.0.0.tgz',
      'index.yaml',
    ])
  })

  it('removes it also when there is nothing to publish any more', async () => {
    const writer = new FolderWriter({ folder })
    await publish(writer, [archive('app', '1.0.0')])
    await writeFile(join(folder, '.index.lock'), `${await deadProcess()} ${hostname()}\n`)
    await writeFile(join(folder, `index.yaml.${await deadProcess()}.tmp`), '')
    await writer.commit([])
    expect((await readdir(folder)).sort()).toEqual(['app-1.0.0.tgz', 'index.yaml'])
    await new FolderWriter({ folder: join(folder, 'absent') }).commit([])
    expect(await readdir(folder)).not.toContain('absent')
  })

  it('writes provenance beside the archive, and removes it when there is none any more', async () => {
    const provenance = new TextEncoder().encode('signed')
    await publish(new FolderWriter({ folder }), [{ ...archive('app', '1.0.0'), provenance }])
    expect(await readFile(join(folder, 'app-1.0.0.tgz.prov'), 'utf8')).toBe('signed')
    await publish(new FolderWriter({ folder }), [archive('app', '1.0.0', 'other')])
    expect(await readdir(folder)).not.toContain('app-1.0.0.tgz.prov')
  })
})

describe.skipIf(process.platform === 'win32')('a folder on a full disk', () => {
  it.each([
    ['the archive', { blocks: 0 }],
    ['the provenance', { blocks: 8, provenance: 20_000 }],
    ['the index', { blocks: 8 }],
  ])('that takes not %s any more stays as it was', async (_, limit) => {
    const publishAlone = await publisher(temporaryFolder())
    const writer = new FolderWriter({ folder })
    const old = { ...archive('app', '1.0.0'), provenance: new TextEncoder().encode('signed') }
    await writer.stage(old)
    await writer.commit([old])
    // An index that is larger than the archive, so that each of the two can be what has no room.
    const more = Array.from({ length: 60 }, (__, i) =>
      entry('more', `1.${i}.0`, { description: 'x'.repeat(200) }),
    )
    const [kept] = entriesIn(folder)
    if (kept === undefined) throw new Error('nothing was published')
    writeFileSync(join(folder, 'index.yaml'), formatIndex(indexOf(kept, ...more)))
    const before = contents(folder)
    expect(await publishAlone({ folder, versions: ['1.0.0', '2.0.0'], ...limit })).toBe('DISK_FULL')
    expect(contents(folder)).toEqual(before)
    expect(await publishAlone({ folder, versions: ['1.0.0', '2.0.0'] })).toBe('')
    expect(entriesIn(folder).map(({ version }) => version)).toEqual(['2.0.0', '1.0.0'])
    everyArchiveIsWhatTheIndexSays(folder)
  })
})

describe('a folder with several publishers', () => {
  it('loses nothing when processes publish at once', async () => {
    const publishAlone = await publisher(temporaryFolder())
    const groups = [0, 1, 2].map((group) => Array.from({ length: 4 }, (_, i) => `${group}.${i}.0`))
    expect(await Promise.all(groups.map((versions) => publishAlone({ folder, versions })))).toEqual([
      '',
      '',
      '',
    ])
    expect(entriesIn(folder)).toHaveLength(12)
    everyArchiveIsWhatTheIndexSays(folder)
    expect(readdirSync(folder)).toHaveLength(13)
  })
})

describe('an index of others in the folder', () => {
  it.each([
    'https://cdn.test/%zz.tgz',
    'https://cdn.test/',
    '..',
    '../.hidden',
    '..%2F..%2Findex.yaml/.x',
    'a\\..\\..\\app.tgz',
    'a%5C..%5Capp.tgz',
  ])('names no file of it by %s', async (url) => {
    const writer = new FolderWriter({ folder })
    expect(await writer.archive(entry('app', '1.0.0', { urls: [url] }))).toBeUndefined()
    expect(await writer.provenance(entry('app', '1.0.0', { urls: [url] }))).toBeUndefined()
  })

  it.each([
    'app-1.0.0.tgz',
    'https://cdn.test/x/app-1.0.0.tgz?sig=/x#y',
    'app%2D1.0.0.tgz',
    '../../app-1.0.0.tgz',
  ])('names the archive in it by %s', async (url) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'app-1.0.0.tgz'), 'bytes')
    const found = await new FolderWriter({ folder }).archive(entry('app', '1.0.0', { urls: [url] }))
    expect(found?.toString()).toBe('bytes')
  })
})

/** All files, and what is in them. */
function contents(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'base64')]),
  )
}

function entriesIn(folder: string): readonly IndexEntry[] {
  return parseIndex(readFileSync(join(folder, 'index.yaml'), 'utf8')).entries.get('app') ?? []
}

function everyArchiveIsWhatTheIndexSays(folder: string): void {
  for (const { urls, digest } of entriesIn(folder)) {
    const bytes = readFileSync(join(folder, urls[0] ?? ''))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest)
  }
}

/** The number of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = execFile('true')
  await new Promise((resolve) => child.once('close', resolve))
  return child.pid ?? 0
}
