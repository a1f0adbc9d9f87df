import { execFile } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Metadata } from '@chartroom/chart'
import { loadChart, packChart } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseIndex } from '../parse-index.ts'
import type { ArchiveFile } from './folder-writer.ts'
import { FolderWriter } from './folder-writer.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartroom-folder-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

function archive(name: string, version: string, note = ''): ArchiveFile & { metadata: Metadata } {
  const data = new TextEncoder().encode(
    `apiVersion: v2\nname: ${name}\nversion: ${version}\ndescription: "${note}"\n`,
  )
  const chart = loadChart([{ name: 'Chart.yaml', data }], nodePorts)
  return { metadata: chart.metadata, bytes: packChart(chart, { time: new Date(0), ports: nodePorts }) }
}

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
    await writeFile(
      join(folder, '.index.lock'),
      `${dead} ${(await promisify(execFile)('hostname')).stdout.trim()}\n`,
    )
    await publish(new FolderWriter({ folder }), [archive('app', '1.0.0')])
    expect((await readdir(folder)).sort()).toEqual([
      `.mine.tgz.${process.pid}.staged`,
      'app-1.0.0.tgz',
      'index.yaml',
    ])
  })

  it('writes provenance beside the archive, and removes it when there is none any more', async () => {
    const provenance = new TextEncoder().encode('signed')
    await publish(new FolderWriter({ folder }), [{ ...archive('app', '1.0.0'), provenance }])
    expect(await readFile(join(folder, 'app-1.0.0.tgz.prov'), 'utf8')).toBe('signed')
    await publish(new FolderWriter({ folder }), [archive('app', '1.0.0', 'other')])
    expect(await readdir(folder)).not.toContain('app-1.0.0.tgz.prov')
  })
})

/** The number of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = execFile('true')
  await new Promise((resolve) => child.once('close', resolve))
  return child.pid ?? 0
}
