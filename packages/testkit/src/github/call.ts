import type { IncomingHttpHeaders } from 'node:http'
import type { ReleaseStore } from './release.ts'
import type { ViewOptions } from './view.ts'

/** One request, read whole, with what answers it. */
export interface Call {
  readonly method: string
  /** Without the folder of the interface, such as `/api/v3`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly bytes: Uint8Array
  /** The members of a JSON body; none for any other. */
  readonly json: Readonly<Record<string, unknown>>
  readonly store: ReleaseStore
  readonly view: ViewOptions
  readonly storageUrl: string
  /** Whether the caller may change the contents of the repository. */
  readonly mayWrite: boolean
  /** Whether releases are closed to changes when they are published. */
  readonly closes: boolean
}
