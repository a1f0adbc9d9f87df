import type { ErrorCode } from '@chartroom/errors'

export type DestinationKind = 'oci' | 'folder' | 'git' | 'store'
export type Action = 'create' | 'unchanged' | 'replace' | 'conflict'
export type Visibility = 'public' | 'private'
export type Status = 'planned' | 'done' | 'failed' | 'skipped'

export interface Failure {
  readonly code: ErrorCode
  readonly message: string
  readonly hint?: string | undefined
}

/** What happened to one chart at one destination. */
export interface DestinationResult {
  readonly to: string
  readonly kind: DestinationKind
  readonly reference: string
  readonly action: Action
  readonly status: Status
  readonly manifestDigest?: string | undefined
  /** Whether it can be read without a login; absent where nobody needed one, or nothing was sent. */
  readonly visibility?: Visibility | undefined
  /** The page on which an owner changes that. */
  readonly visibilityPage?: string | undefined
  readonly error?: Failure | undefined
}

/** Where a pulled chart came from. */
export interface SourceResult {
  readonly reference: string
  readonly manifestDigest?: string | undefined
  readonly fromCache: boolean
}

/** `digest` is `sha256:` of the archive, `size` its bytes. */
export interface ChartResult {
  readonly name: string
  readonly version: string
  readonly appVersion?: string | undefined
  readonly digest: string
  readonly size: number
  readonly path?: string | undefined
  readonly destinations?: readonly DestinationResult[] | undefined
  readonly source?: SourceResult | undefined
}
