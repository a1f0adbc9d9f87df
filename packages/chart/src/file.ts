/** A file of a chart. The name has `/` between its segments. */
export interface ChartFile {
  readonly name: string
  readonly data: Uint8Array
}

/**
 * The file's text. Bytes that are no UTF-8 become U+FFFD; nothing is taken for a byte order mark, because
 * readers have stripped it already.
 */
export function fileText(file: ChartFile): string {
  return utf8.decode(file.data)
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** The bytes without one leading UTF-8 byte order mark, which Helm strips from every file, binary or not. */
export function withoutMark(data: Uint8Array): Uint8Array {
  return data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf ? data.subarray(3) : data
}
