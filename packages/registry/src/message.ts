import type { ByteStream } from '@chartroom/oci'

/** A request, whatever server it came through. */
export interface RegistryRequest {
  readonly method: string
  /** Without the query, still percent-encoded. */
  readonly path: string
  readonly query: URLSearchParams
  /** Of the first such header; the name is lower-case. */
  header(name: string): string | undefined
  readonly body: ByteStream
  readonly signal?: AbortSignal | undefined
}

/** An answer. A stream is iterated once, to its end or until the connection breaks. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | ByteStream | undefined
}

export type Answer = Reply | Promise<Reply>
