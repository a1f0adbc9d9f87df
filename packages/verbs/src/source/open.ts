import { ChartroomError } from '@chartroom/errors'
import { parseReference } from '@chartroom/oci'
import type { Cache } from '@chartroom/store'
import type { Connections } from '../connection.ts'
import type { ChartSource } from './chart-source.ts'
import { OciSource } from './oci.ts'
import { addedRepositorySource, repositorySource } from './repository.ts'

export interface SourceOptions {
  /** Classic repository that a bare chart name is looked up in. */
  readonly repo?: string | undefined
  readonly passCredentials?: boolean | undefined
  readonly cache?: Cache | undefined
}

/**
 * Where a chart is read from, by how it is named: `oci://HOST/PATH/NAME`, a bare name with a repository
 * URL, or `REPO/NAME` of an added repository.
 */
export async function openSource(
  connections: Connections,
  name: string,
  options: SourceOptions,
): Promise<ChartSource> {
  if (name.startsWith('oci://')) {
    const reference = parseReference(name)
    return new OciSource({ reference, target: connections.repository(reference), cache: options.cache })
  }
  if (options.repo !== undefined)
    return repositorySource(connections, name, { ...options, url: options.repo })
  if (isPath(name)) {
    throw new ChartroomError('FILE_NOT_FOUND', `${name}: there is no such chart folder or archive`, {
      hint: 'Check the path. A chart of a registry is written oci://HOST/PATH/NAME.',
    })
  }
  if (/^[^/:]+\/[^/]+$/.test(name)) return addedRepositorySource(connections, name, options)
  throw new ChartroomError('USAGE', `${name} is not a chart reference`, {
    hint: 'Write oci://HOST/PATH/NAME, REPO/NAME of an added repository, or NAME with --repo URL.',
  })
}

/** What can only be a path of this machine: `./chart`, `/charts/app`, `C:\\charts\\app`. */
function isPath(name: string): boolean {
  return /^(\.{0,2}[/\\]|[A-Za-z]:[/\\])/.test(name) || name === '.' || name === '..' || name.includes('\\')
}
