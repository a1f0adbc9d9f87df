import { archiveName, readArchive, sameContent } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { ChartroomError } from '@chartroom/errors'
import type { Index, IndexEntry } from '@chartroom/repository'
import type { ArchiveFile, ClassicWriter } from '@chartroom/repository/node'
import type { Packed } from '../../package/packed.ts'
import type { Action } from '../../result.ts'
import type { Destination, PlannedChart } from '../destination.ts'

export interface ClassicDestinationOptions {
  /** As the user wrote it. */
  readonly to: string
  readonly kind: 'folder' | 'git'
  /** What stands before the name of an archive in a reference. */
  readonly prefix: string
  readonly writer: ClassicWriter
  readonly force: boolean
}

/** Charts as a classic repository: archives and `index.yaml`. Further tags mean nothing here. */
export class ClassicDestination implements Destination {
  readonly to: string
  readonly kind: 'folder' | 'git'
  readonly #prefix: string
  readonly #writer: ClassicWriter
  readonly #force: boolean

  constructor({ to, kind, prefix, writer, force }: ClassicDestinationOptions) {
    this.to = to
    this.kind = kind
    this.#prefix = prefix
    this.#writer = writer
    this.#force = force
  }

  reference({ chart }: Packed): string {
    return `${this.#prefix}${archiveName(chart.metadata)}`
  }

  async plan(charts: readonly Packed[]): Promise<PlannedChart[]> {
    const index = await this.#writer.index()
    return Promise.all(
      charts.map(async (packed) => {
        const action = await this.#actionOf(packed, entryFor(index, packed))
        return { packed, reference: this.reference(packed), action }
      }),
    )
  }

  async stage({ packed, action }: PlannedChart): Promise<void> {
    if (writes(action)) await this.#writer.stage(archiveFile(packed, action))
  }

  async commit(planned: readonly PlannedChart[]): Promise<void> {
    const changed = planned.filter(({ action }) => writes(action))
    await this.#writer.commit(changed.map(({ packed, action }) => archiveFile(packed, action)))
  }

  async verify({ packed, action }: PlannedChart): Promise<void> {
    if (!writes(action)) return
    const entry = entryFor(await this.#writer.index(), packed)
    const bytes = entry === undefined ? undefined : await this.#writer.archive(entry)
    if (bytes !== undefined && `sha256:${nodePorts.sha256(bytes)}` === packed.digest) return
    const { name, version } = packed.chart.metadata
    throw new ChartroomError(
      'DIGEST_MISMATCH',
      `${this.to} does not hold ${name} ${version} as it was written`,
      {
        op: 'verify',
        hint: 'Somebody else may have published the same version at this moment: run publish again.',
      },
    )
  }

  abandon(): Promise<void> {
    return this.#writer.abandon()
  }

  async close(): Promise<void> {
    await this.#writer.close?.()
  }

  async #actionOf(packed: Packed, entry: IndexEntry | undefined): Promise<Action> {
    if (entry === undefined) return 'create'
    if (await sameChart(this.#writer, entry, packed)) return 'unchanged'
    return this.#force ? 'replace' : 'conflict'
  }
}

function writes(action: Action): boolean {
  return action === 'create' || action === 'replace'
}

function entryFor(index: Index, { chart }: Packed): IndexEntry | undefined {
  return index.entries.get(chart.metadata.name)?.find(({ version }) => version === chart.metadata.version)
}

function archiveFile({ chart, archive, provenance }: Packed, action: Action): ArchiveFile {
  return { metadata: chart.metadata, bytes: archive, provenance, isNew: action === 'create' }
}

// An entry whose archive is gone is written anew: what the index promises must be there.
async function sameChart(writer: ClassicWriter, entry: IndexEntry, packed: Packed): Promise<boolean> {
  if ((await writer.holds?.(entry, { bytes: packed.archive, provenance: packed.provenance })) === true)
    return true
  const archive = await writer.archive(entry)
  if (archive === undefined) return false
  const provenance = await writer.provenance(entry)
  if (Buffer.compare(provenance ?? new Uint8Array(), packed.provenance ?? new Uint8Array()) !== 0)
    return false
  if (`sha256:${nodePorts.sha256(archive)}` === packed.digest) return true
  return sameContent(readArchive(archive, nodePorts), readArchive(packed.archive, nodePorts))
}
