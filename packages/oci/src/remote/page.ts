import { ChartroomError } from '@chartroom/errors'
import { limits } from '../limits.ts'
import { readAll } from '../stream.ts'
import type { Client } from './client.ts'

export interface PageRequest {
  readonly url: string
  readonly scope: string
  readonly repository?: string | undefined
  /** The property that holds the list. */
  readonly key: string
}

/** All texts of a paged list (OCI distribution-spec, Listing Tags); `Link` may not leave the registry. */
export async function* pages(client: Client, { url, key, ...request }: PageRequest): AsyncGenerator<string> {
  const seen = new Set<string>()
  let next: URL | undefined = new URL(url, client.base)
  while (next !== undefined) {
    if (seen.has(next.href) || seen.size >= limits.pages) {
      throw new ChartroomError('LIMIT_EXCEEDED', `${client.base.host} lists without end at ${next.pathname}`)
    }
    seen.add(next.href)
    const response = await client.send({ ...request, method: 'GET', url: next, ok: [200] })
    const body = JSON.parse(
      new TextDecoder().decode(await readAll(response.body, limits.pageBytes)),
    ) as unknown
    const list: unknown =
      typeof body === 'object' && body !== null
        ? Object.entries(body).find(([name]) => name === key)?.[1]
        : []
    for (const item of Array.isArray(list) ? list : []) if (typeof item === 'string') yield item
    next = nextPage(response.headers.link, next, client.base)
  }
}

/** The target of `rel="next"` (RFC 8288), where it stays with the registry. */
function nextPage(link: string | string[] | undefined, from: URL, base: URL): URL | undefined {
  const match = /<([^>]*)>\s*;[^,]*rel="?next"?/i.exec(String(link ?? ''))
  if (match?.[1] === undefined) return undefined
  const url = new URL(match[1], from)
  return url.host === base.host ? new URL(url.pathname + url.search, base) : undefined
}
