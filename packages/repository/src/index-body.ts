import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { ChartroomError } from '@chartroom/errors'
import type { Response } from '@chartroom/oci'
import { readAll } from '@chartroom/oci'

/** The text of an answer, packed or not. Throws `LIMIT_EXCEEDED` beyond `max` bytes, before and after unpacking. */
export async function indexBody({ body, headers, url }: Response, max: number): Promise<string> {
  const bytes = await readAll(body, max)
  const encoding = (headers['content-encoding'] ?? 'identity').toLowerCase()
  if (encoding === 'identity') return new TextDecoder().decode(bytes)
  if (encoding === 'gzip' || encoding === 'x-gzip')
    return new TextDecoder().decode(await unpack(bytes, max, url))
  throw damaged(url, `which comes packed as ${encoding}`)
}

async function unpack(bytes: Uint8Array, max: number, url: URL): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: max })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw new ChartroomError('LIMIT_EXCEEDED', `${url.host} sent more than ${max} bytes, packed`, {
        origin: url.host,
        hint: 'Ask who runs the repository: no index is that large.',
      })
    }
    throw damaged(url, `packed data that is damaged: ${error.message}`, error)
  }
}

function damaged(url: URL, what: string, cause?: unknown): ChartroomError {
  return new ChartroomError('SERVER_ERROR', `${url.host} sent an index that cannot be read, ${what}`, {
    cause,
    origin: url.host,
    hint: 'Ask who runs the repository, or whether a proxy before it alters answers.',
  })
}
