import { base64 } from '@chartroom/go'
import { decodeBase64 } from './base64.ts'

export interface PemBlock {
  /** `RSA PRIVATE KEY` */
  readonly type: string
  readonly bytes: Uint8Array
}

const begin = '-----BEGIN '
const end = '\n-----END '
const dashes = '-----'

/** Lines of 64 characters, as Go writes them. */
export function encodePem(type: string, bytes: Uint8Array): string {
  const lines = base64(bytes).match(/.{1,64}/g) ?? []
  return [`${begin}${type}${dashes}`, ...lines, `-----END ${type}${dashes}`, ''].join('\n')
}

/** The first whole block of a text, as Go finds it: what is no block is passed over. */
export function decodePem(text: string): PemBlock | undefined {
  let rest = text
  for (;;) {
    const endAt = rest.indexOf(end)
    if (endAt < 0) return undefined
    const block = blockBefore(rest, endAt)
    if (block !== undefined) return block
    rest = rest.slice(endAt + end.length)
  }
}

/** The block that ends at an offset and begins at the last line before it that begins one. */
function blockBefore(text: string, endAt: number): PemBlock | undefined {
  const beginAt = text.slice(0, endAt).lastIndexOf(begin)
  if (beginAt < 0 || (beginAt > 0 && text[beginAt - 1] !== '\n')) return undefined
  const typeLine = lineAt(text, beginAt + begin.length)
  if (!typeLine.text.endsWith(dashes)) return undefined
  const type = typeLine.text.slice(0, -dashes.length)
  const bodyAt = afterHeaders(text, typeLine.next)
  // An empty block may share its line feed with the first line; after headers it needs one of its own.
  if (bodyAt === undefined || (bodyAt !== typeLine.next && bodyAt > endAt)) return undefined
  const trailer = text.slice(endAt + end.length)
  const trailerLine = lineAt(trailer, 0).text
  if (trailerLine.trimEnd() !== type + dashes) return undefined
  const body = bodyAt < endAt ? text.slice(bodyAt, endAt).replace(/[ \t]/g, '') : ''
  const bytes = decodeBase64(body)
  return typeof bytes === 'string' ? undefined : { type, bytes }
}

/** Where the lines that have a colon end; undefined where the text does. */
function afterHeaders(text: string, start: number): number | undefined {
  let at = start
  while (at < text.length) {
    const line = lineAt(text, at)
    if (!line.text.includes(':')) return at
    at = line.next
  }
  return undefined
}

/** A line without its end and the white space before that. */
function lineAt(text: string, start: number): { text: string; next: number } {
  const feed = text.indexOf('\n', start)
  if (feed < 0) return { text: text.slice(start).replace(/[ \t\r]+$/, ''), next: text.length }
  return { text: text.slice(start, feed).replace(/[ \t\r]+$/, ''), next: feed + 1 }
}
