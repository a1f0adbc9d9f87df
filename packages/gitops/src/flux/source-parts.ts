import type { ObjectMetadata } from '../object.ts'
import type { FluxOptions } from './options.ts'

/** What the two kinds of sources have in common. */
export interface SourceParts extends Pick<FluxOptions, 'secretName' | 'provider'> {
  readonly apiVersion: string
  readonly metadata: ObjectMetadata
  readonly interval: string
}
