import { FolderWriter } from '@chartroom/repository/node'
import type { Destination } from '../destination.ts'
import { ClassicDestination } from './classic.ts'

export interface FolderDestinationOptions {
  /** As the user wrote it. */
  readonly to: string
  readonly folder: string
  /** Address that the folder is served at. */
  readonly repoUrl?: string | undefined
  readonly force: boolean
}

/** A classic repository in a folder of this machine. */
export function folderDestination({ to, folder, repoUrl, force }: FolderDestinationOptions): Destination {
  return new ClassicDestination({
    to,
    kind: 'folder',
    prefix: `${to.replace(/\/+$/, '')}/`,
    writer: new FolderWriter({ folder, repoUrl }),
    force,
  })
}
