import type { Metadata } from '@chartroom/chart'
import type { Index, IndexEntry } from '../index-model.ts'

export interface ArchiveFile {
  readonly metadata: Metadata
  readonly bytes: Uint8Array
  readonly provenance?: Uint8Array | undefined
  /** True where the index has nothing else under this version, or somebody was faster. */
  readonly isNew?: boolean | undefined
}

/** A classic repository that charts are written to: staged unseen, then shown with the index. */
export interface ClassicWriter {
  /** What readers find now; empty where there is none. */
  index(): Promise<Index>
  /** The archive of an entry, where it lies in this repository. */
  archive(entry: IndexEntry): Promise<Uint8Array | undefined>
  provenance(entry: IndexEntry): Promise<Uint8Array | undefined>
  /** True where archive and provenance are these to the byte, told without fetching them. */
  holds?(entry: IndexEntry, file: Pick<ArchiveFile, 'bytes' | 'provenance'>): Promise<boolean>
  stage(archive: ArchiveFile): Promise<void>
  /** Throws `CONFLICT` where another publisher was faster with other content. */
  commit(archives: readonly ArchiveFile[]): Promise<void>
  /** Removes what was staged and not committed. */
  abandon(): Promise<void>
  /** Gives back what the writer itself needs, such as a temporary folder. */
  close?(): Promise<void>
}
