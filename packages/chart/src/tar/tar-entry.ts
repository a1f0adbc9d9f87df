/** One entry of a tar file. */
export interface TarEntry {
  readonly name: string
  /** Seconds since 1970; may have a fraction. */
  readonly mtime: number
  readonly data: Uint8Array
}

export const blockSize = 512
