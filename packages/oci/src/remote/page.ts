import { ChartroomError } from '@chartroom/errors'
import type { Access } from '../auth/scope.ts'
import { nameOf } from '../boundary.ts'
import { limits } from '../limits.ts'
import { readAll } from '../stream.ts'
import type { Response } from '../transport/transport.ts'
import type { Client } from './client.ts'
import { nextTarget } from './link.ts'

export interface ListRequest {
  readonly url: string
  readonly access: Access
  /** The property that holds the list. */
  readonly key: string
}

/**
 * All texts of a paged list (OCI distribution-spec, Listing Tags). Throws `LIMIT_EXCEEDED` for lists without
 * end and `CREDENTIAL_LEAK_REFUSED` where the next page is elsewhere.
 */
export async function* listAll(client: Client, request: ListRequest): AsyncGenerator<string> {
  let count = 0
  for await (const response of pages(client, request)) {
    for (const item of itemsOf(await readJson(response), request.key)) {
      if (typeof item !== 'string') continue
      if (++count > limits.listItems) throw endless(client)
      yield item
    }
  }
}

/** The pages themselves; each is to be read before the next is asked for. */
async function* pages(
  client: Client,
  { url, access }: Pick<ListRequest, 'url' | 'access'>,
): AsyncGenerator<Response> {
  const seen = new Set<string>()
  let next: URL | undefined = new URL(url, client.base)
  while (next !== undefined) {
    if (seen.has(next.href) || seen.size >= limits.pages) throw endless(client)
    seen.add(next.href)
    const response = await client.send({ method: 'GET', url: next, access, ok: [200] })
    yield response
    next = nextPage(response, next, client.base)
  }
}

/** Where the next page is, always at the registry's own origin; undefined after the last. */
export function nextPage({ headers }: Pick<Response, 'headers'>, from: URL, base: URL): URL | undefined {
  const target = nextTarget(String(headers.link ?? ''))
  if (target === undefined) return undefined
  const url = URL.canParse(target, from.href) ? new URL(target, from) : undefined
  if (url === undefined || nameOf(url) !== nameOf(base)) {
    throw new ChartroomError('CREDENTIAL_LEAK_REFUSED', `${base.host} continues its list at ${target}`, {
      origin: base.host,
      hint: 'Nothing was sent there. Ask who runs the registry: the list must go on where it began.',
    })
  }
  // A proxy may hide the scheme and port it is reached by from the registry behind it.
  return new URL(url.pathname + url.search, base)
}

async function readJson({ body, url }: Response): Promise<unknown> {
  const text = new TextDecoder().decode(await readAll(body, limits.pageBytes))
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ChartroomError('SERVER_ERROR', `${url.host} answered ${url.pathname} with no JSON`, {
      origin: url.host,
      cause: error,
      hint: 'Check that the address is a registry, and not a page about it.',
    })
  }
}

function itemsOf(body: unknown, key: string): readonly unknown[] {
  const list: unknown =
    typeof body === 'object' && body !== null ? Object.getOwnPropertyDescriptor(body, key)?.value : undefined
  return Array.isArray(list) ? list : []
}

function endless({ base }: Client): ChartroomError {
  return new ChartroomError('LIMIT_EXCEEDED', `${base.host} lists without end`, {
    origin: base.host,
    hint: 'Ask who runs the registry: its pages point at each other, or there are too many.',
  })
}
