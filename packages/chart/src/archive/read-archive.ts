import { ChartroomError } from '@chartroom/errors'
import { checkDistinct, checkEntryName } from '../entry-name.ts'
import type { ChartFile } from '../file.ts'
import { withoutMark } from '../file.ts'
import { limits } from '../limits.ts'
import type { ChartPorts } from '../ports.ts'
import { readTar } from '../tar/read-tar.ts'
import type { TarEntry } from '../tar/tar-entry.ts'

/**
 * The files of a packed chart, names with the folder at the top of the archive: `mychart/Chart.yaml`.
 * Throws `ARCHIVE_INVALID` for what is no chart archive or could write outside its folder, and
 * `LIMIT_EXCEEDED` for one that is too large.
 */
export function readArchive(bytes: Uint8Array, ports: ChartPorts): ChartFile[] {
  return archiveEntries(bytes, ports).map(({ name, data }) => ({ name, data }))
}

export interface ArchiveContent {
  /** As Helm reads them: the top folder taken off, and byte order marks. */
  readonly files: ChartFile[]
  /** The time of the newest file, to the second. */
  readonly newest: Date
}

/** What an archive holds. Throws as {@link readArchive} does. */
export function archiveContent(bytes: Uint8Array, ports: ChartPorts): ArchiveContent {
  const entries = archiveEntries(bytes, ports)
  const newest = entries.reduce((latest, { mtime }) => Math.max(latest, mtime), 0)
  return {
    files: entries.map(({ name, data }) => ({
      name: name.slice(name.indexOf('/') + 1),
      data: withoutMark(data),
    })),
    newest: new Date(Math.floor(newest) * 1000),
  }
}

/** Its files alone. */
export function chartFiles(bytes: Uint8Array, ports: ChartPorts): ChartFile[] {
  return archiveContent(bytes, ports).files
}

function archiveEntries(bytes: Uint8Array, ports: ChartPorts): TarEntry[] {
  checkGzip(bytes)
  const entries = readTar(ports.gunzip(bytes, unpackedLimit(bytes.length)))
  if (entries.length === 0) throw invalid('no files in chart archive')
  for (const { name } of entries) checkEntryName(name)
  checkDistinct(entries.map(({ name }) => name.slice(name.indexOf('/') + 1)))
  return entries
}

function checkGzip(bytes: Uint8Array): void {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 0x08) {
    throw invalid('the chart does not appear to be a gzipped archive')
  }
}

/** What an archive of this size may unpack to: the files and their headers, and no bomb. */
function unpackedLimit(packed: number): number {
  const most = limits.chartBytes + limits.entries * 1024
  return Math.min(most, Math.max(limits.ratioFromBytes, packed * limits.ratio))
}

function invalid(message: string): ChartroomError {
  return new ChartroomError('ARCHIVE_INVALID', message, {
    hint: 'Give a chart archive as "chartroom package" or "helm package" makes it.',
  })
}
