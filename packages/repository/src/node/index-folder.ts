import { readFileSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { loadArchive } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { asChartroomError } from '@chartroom/errors'
import { formatRfc3339Nano } from '@chartroom/go'
import { entryOf } from '../entry-of.ts'
import { formatIndex } from '../format-index.ts'
import type { Index, IndexEntry } from '../index-model.ts'
import { emptyIndex } from '../index-model.ts'
import { mergeIndex, withEntries } from '../merge-index.ts'
import { parseIndex } from '../parse-index.ts'
import { withLock } from './lock.ts'
import { writeDurably } from './write-file.ts'

export interface IndexFolderOptions {
  /** Address the folder is served at; relative addresses without it. */
  readonly url?: string | undefined
  /** Path of an index whose entries are kept. */
  readonly merge?: string | undefined
  readonly json?: boolean | undefined
}

/** Writes `index.yaml` for the archives in a folder and one level below; bad archives become warnings. */
export async function indexFolder(folder: string, options: IndexFolderOptions = {}): Promise<Index> {
  return withLock(join(folder, '.index.lock'), async () => {
    const kept =
      options.merge === undefined ? emptyIndex() : parseIndex(await readFile(options.merge, 'utf8'))
    const warnings: string[] = []
    const known = byDigest(kept)
    const entries: IndexEntry[] = []
    for (const file of await archivesIn(folder)) {
      try {
        entries.push(readEntry(folder, file, { ...options, known }))
      } catch (error) {
        warnings.push(`${file}: ${asChartroomError(error).message}`)
      }
    }
    const index = {
      ...mergeIndex(kept, withEntries(emptyIndex(), entries)),
      generated: formatRfc3339Nano(new Date()),
    }
    await writeDurably(
      join(folder, 'index.yaml'),
      formatIndex(index, options.json === true ? 'json' : 'yaml'),
    )
    return { ...index, warnings: [...index.warnings, ...warnings] }
  })
}

function byDigest({ entries }: Index): Map<string, IndexEntry> {
  const known = new Map<string, IndexEntry>()
  for (const list of entries.values())
    for (const entry of list) if (entry.digest !== undefined) known.set(entry.digest, entry)
  return known
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

function readEntry(
  folder: string,
  file: string,
  { url, known }: IndexFolderOptions & { known: ReadonlyMap<string, IndexEntry> },
): IndexEntry {
  // Synchronous: for thousands of small files the round trips to the thread pool cost more than the reading.
  const bytes = new Uint8Array(readFileSync(join(folder, file)))
  const digest = nodePorts.sha256(bytes)
  const before = known.get(digest)
  if (before !== undefined) return before
  const { metadata } = loadArchive(bytes, nodePorts)
  return entryOf(metadata, { url: addressOf(file, url), created: formatRfc3339Nano(new Date()), digest })
}

// A query, such as a SAS token, stays last.
function addressOf(file: string, url: string | undefined): string {
  if (url === undefined) return file
  const query = url.indexOf('?')
  const [path, rest] = query < 0 ? [url, ''] : [url.slice(0, query), url.slice(query)]
  return `${path.replace(/\/+$/, '')}/${file}${rest}`
}
