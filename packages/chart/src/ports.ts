/** What this package needs from its surroundings; `@chartroom/chart/node` has Node's. */
export interface ChartPorts {
  /** The same bytes for the same input on every machine: fixed level, no time, OS byte 255. */
  gzip(bytes: Uint8Array): Uint8Array
  /** Throws `LIMIT_EXCEEDED` rather than give more than `maxBytes`, `ARCHIVE_INVALID` for what is no gzip. */
  gunzip(bytes: Uint8Array, maxBytes: number): Uint8Array
  /** The digest in hex. */
  sha256(bytes: Uint8Array): string
}
