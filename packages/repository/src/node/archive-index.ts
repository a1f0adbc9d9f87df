import type { Metadata } from '@chartroom/chart'
import { archiveName } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'
import { formatRfc3339Nano } from '@chartroom/go'
import { digestOf } from '@chartroom/oci'
import { entryOf } from '../entry-of.ts'
import { formatIndex } from '../format-index.ts'
import type { IndexEntry } from '../index-model.ts'
import { emptyIndex } from '../index-model.ts'
import { IndexText } from '../index-text.ts'
import { replaceEntries, withEntries } from '../merge-index.ts'
import { parseIndex } from '../parse-index.ts'
import type { ArchiveFile } from './archive-file.ts'

export interface IndexPlace {
  /** Address that the repository is served at; without it addresses in the index are relative. */
  readonly repoUrl: string | undefined
  /** Where the index lies, for errors. */
  readonly where: string
}

/**
 * The text of an index with these archives, all else kept. Throws `CONFLICT` where a new one stands there
 * with other content.
 */
export function indexWithArchives(
  before: string | undefined,
  archives: readonly ArchiveFile[],
  place: IndexPlace,
): string {
  const generated = formatRfc3339Nano(new Date())
  const text = before === undefined ? undefined : IndexText.read(before)
  if (text !== undefined) {
    for (const archive of archives) {
      text.change(archive.metadata.name, (entries) =>
        replaceEntries(entries, [newEntry(archive, entries, place)]),
      )
    }
    return text.format(generated)
  }
  const index = before === undefined ? emptyIndex() : parseIndex(before)
  const entries = archives.map((one) => newEntry(one, index.entries.get(one.metadata.name) ?? [], place))
  return formatIndex({ ...withEntries(index, entries), generated })
}

function newEntry(
  { metadata, bytes, isNew }: ArchiveFile,
  entries: readonly IndexEntry[],
  { repoUrl, where }: IndexPlace,
): IndexEntry {
  const digest = digestOf(bytes).slice('sha256:'.length)
  const before = entries.find(({ version }) => version === metadata.version)
  if (isNew === true && before !== undefined && before.digest !== digest) throw overtaken(metadata, where)
  const created = before?.digest === digest ? before.created : undefined
  const file = archiveName(metadata)
  return entryOf(metadata, {
    url: repoUrl === undefined ? file : `${repoUrl.replace(/\/+$/, '')}/${file}`,
    created: created ?? formatRfc3339Nano(new Date()),
    digest,
  })
}

function overtaken({ name, version }: Metadata, where: string): ChartroomError {
  return new ChartroomError(
    'CONFLICT',
    `somebody else has just published ${name} ${version} with other content to ${where}`,
    { op: 'commit', hint: 'Raise the version in Chart.yaml, or pass --force to replace what is there.' },
  )
}

/** The file of an entry's address: archives lie right beside the index. Undefined for an address that names none. */
export function fileOfEntry({ urls: [url = ''] }: IndexEntry): string | undefined {
  const name = decoded(url.replace(/[?#].*$/s, ''))
    ?.split('/')
    .at(-1)
  return name === undefined || name === '' || name.startsWith('.') || name.includes('\\') ? undefined : name
}

/** Undefined for a percent sign that encodes nothing. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}
