import { readFileSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { loadArchive } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { asChartroomError } from '@chartroom/errors'
import { withLock, writeDurably } from '@chartroom/files'
import { formatRfc3339Nano } from '@chartroom/go'
import { entryOf } from '../entry-of.ts'
import { formatIndex } from '../format-index.ts'
import type { IndexEntry } from '../index-model.ts'
import { emptyIndex } from '../index-model.ts'
import { IndexText } from '../index-text.ts'
import { mergeEntries, mergeIndex, withEntries } from '../merge-index.ts'
import { parseIndex } from '../parse-index.ts'

export interface IndexFolderOptions {
  /** Address the folder is served at; relative addresses without it. */
  readonly url?: string | undefined
  /** Path of an index whose entries are kept. */
  readonly merge?: string | undefined
  readonly json?: boolean | undefined
}

export interface IndexedFolder {
  /** Archives and entries that could not be read. */
  readonly warnings: readonly string[]
}

/** Writes `index.yaml` for the archives in a folder and one level below; bad archives become warnings. */
export async function indexFolder(folder: string, options: IndexFolderOptions = {}): Promise<IndexedFolder> {
  // Before the lock, whose error would name the lock.
  await readdir(folder)
  return withLock(join(folder, '.index.lock'), async () => {
    const kept = options.merge === undefined ? undefined : await readFile(options.merge, 'utf8')
    const added = await readEntries(folder, options.url, knownDigests(kept))
    const { text, warnings } = indexText(kept, added.entries, options.json === true)
    await writeDurably(join(folder, 'index.yaml'), text)
    return { warnings: [...warnings, ...added.warnings] }
  })
}

/** Where the old index has a version, to the letter, its entry stays. */
function indexText(
  kept: string | undefined,
  added: readonly IndexEntry[],
  json: boolean,
): { text: string; warnings: readonly string[] } {
  const generated = formatRfc3339Nano(new Date())
  const fresh = withEntries(emptyIndex(), added)
  const old = kept === undefined || json ? undefined : IndexText.read(kept)
  if (old !== undefined) {
    const warnings = [...fresh.entries].flatMap(([name, entries]) =>
      old.change(name, (before) => mergeEntries(before, entries)),
    )
    return { text: old.format(generated), warnings }
  }
  const merged = mergeIndex(kept === undefined ? emptyIndex() : parseIndex(kept), fresh)
  return { text: formatIndex({ ...merged, generated }, json ? 'json' : 'yaml'), warnings: merged.warnings }
}

/** Archives that the old index knows need not be unpacked. */
function knownDigests(kept: string | undefined): ReadonlySet<string> {
  if (kept === undefined) return new Set()
  const text = IndexText.read(kept)
  if (text !== undefined) return text.digests()
  const lists = [...parseIndex(kept).entries.values()]
  return new Set(lists.flat().flatMap(({ digest }) => digest ?? []))
}

async function readEntries(
  folder: string,
  url: string | undefined,
  known: ReadonlySet<string>,
): Promise<{ entries: IndexEntry[]; warnings: string[] }> {
  const entries: IndexEntry[] = []
  const warnings: string[] = []
  for (const file of await archivesIn(folder)) {
    try {
      // Synchronous: for thousands of small files the trips to the thread pool cost more than the reading.
      const bytes = new Uint8Array(readFileSync(join(folder, file)))
      const digest = nodePorts.sha256(bytes)
      if (known.has(digest)) continue
      const { metadata } = loadArchive(bytes, nodePorts)
      const created = formatRfc3339Nano(new Date())
      entries.push(entryOf(metadata, { url: addressOf(file, url), created, digest }))
    } catch (error) {
      warnings.push(`${file}: ${asChartroomError(error).message}`)
    }
  }
  return { entries, warnings }
}

async function archivesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).sort()
  const nested = await Promise.all(
    names.map(async (name) => {
      if (name.startsWith('.') || name.endsWith('.tgz') || !(await stat(join(folder, name))).isDirectory())
        return []
      return (await readdir(join(folder, name))).sort().map((inner) => `${name}/${inner}`)
    }),
  )
  return [...names, ...nested.flat()].filter((name) => name.endsWith('.tgz'))
}

// A query, such as a SAS token, stays last.
function addressOf(file: string, url: string | undefined): string {
  if (url === undefined) return file
  const query = url.indexOf('?')
  const [path, rest] = query < 0 ? [url, ''] : [url.slice(0, query), url.slice(query)]
  return `${path.replace(/\/+$/, '')}/${file}${rest}`
}
