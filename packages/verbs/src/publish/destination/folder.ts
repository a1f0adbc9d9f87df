import { archiveName, readArchive, sameContent } from '@chartroom/chart'
import { nodePorts } from '@chartroom/chart/node'
import { ChartroomError } from '@chartroom/errors'
import type { IndexEntry } from '@chartroom/repository'
import type { ArchiveFile } from '@chartroom/repository/node'
import { FolderWriter } from '@chartroom/repository/node'
import type { Packed } from '../../package/packed.ts'
import type { Action } from '../../result.ts'
import type { Destination, PlannedChart } from '../destination.ts'

export interface FolderDestinationOptions {
  /** As the user wrote it. */
  readonly to: string
  readonly folder: string
  /** Address that the folder is served at. */
  readonly repoUrl?: string | undefined
  readonly force: boolean
}

/** Charts as a classic repository in a folder: archives and `index.yaml`. Further tags mean nothing here. */
export function folderDestination({ to, folder, repoUrl, force }: FolderDestinationOptions): Destination {
  const writer = new FolderWriter({ folder, repoUrl })

  async function actionOf(packed: Packed, entry: IndexEntry | undefined): Promise<Action> {
    if (entry === undefined) return 'create'
    if (await sameChart(writer, entry, packed)) return 'unchanged'
    return force ? 'replace' : 'conflict'
  }

  return {
    to,
    kind: 'folder',

    async plan(charts) {
      const index = await writer.index()
      return Promise.all(
        charts.map(async (packed): Promise<PlannedChart> => {
          const { name, version } = packed.chart.metadata
          const entry = index.entries.get(name)?.find((one) => one.version === version)
          const reference = `${to.replace(/\/+$/, '')}/${archiveName(packed.chart.metadata)}`
          return { packed, reference, action: await actionOf(packed, entry) }
        }),
      )
    },

    async stage({ packed, action }) {
      if (action === 'create' || action === 'replace') await writer.stage(archiveFile(packed))
    },

    async commit(planned) {
      const changed = planned.filter(({ action }) => action === 'create' || action === 'replace')
      await writer.commit(changed.map(({ packed }) => archiveFile(packed)))
    },

    async verify({ packed, action }) {
      if (action === 'unchanged') return
      const { name, version } = packed.chart.metadata
      const entry = (await writer.index()).entries.get(name)?.find((one) => one.version === version)
      const bytes = entry === undefined ? undefined : await writer.archive(entry)
      if (bytes !== undefined && `sha256:${nodePorts.sha256(bytes)}` === packed.digest) return
      throw new ChartroomError(
        'DIGEST_MISMATCH',
        `${folder} does not hold ${name} ${version} as it was written`,
        {
          op: 'verify',
          hint: 'Somebody else may have published the same version at this moment: run publish again.',
        },
      )
    },

    abandon: () => writer.abandon(),
  }
}

function archiveFile({ chart, archive, provenance }: Packed): ArchiveFile {
  return { metadata: chart.metadata, bytes: archive, provenance }
}

// An entry whose archive is gone is written anew: what the index promises must be there.
async function sameChart(writer: FolderWriter, entry: IndexEntry, packed: Packed): Promise<boolean> {
  const archive = await writer.archive(entry)
  if (archive === undefined) return false
  const provenance = await writer.provenance(entry)
  if (Buffer.compare(provenance ?? new Uint8Array(), packed.provenance ?? new Uint8Array()) !== 0)
    return false
  if (`sha256:${nodePorts.sha256(archive)}` === packed.digest) return true
  return sameContent(readArchive(archive, nodePorts), readArchive(packed.archive, nodePorts))
}
