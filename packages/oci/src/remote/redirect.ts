import { ChartroomError, redactUrl } from '@chartroom/errors'
import { checkHandover } from '../boundary.ts'
import { limits } from '../limits.ts'
import type { Request, Response, Transport } from '../transport/transport.ts'
import { discard } from '../transport/transport.ts'

export interface RedirectOptions {
  /** The only origin that gets the authorization, wherever the way leads. */
  readonly home: URL
  readonly authorization?: string | undefined
}

/**
 * Sends a request and goes where its answers point, at most ten times. Requests that carry content are only
 * sent on by 307 and 308. Throws `CREDENTIAL_LEAK_REFUSED`, `SERVER_ERROR`, and the transport's codes.
 */
export async function followRedirects(
  transport: Transport,
  request: Request,
  { home, authorization }: RedirectOptions,
): Promise<Response> {
  let { url } = request
  for (let hop = 0; hop <= limits.redirects; hop++) {
    const own = authorization !== undefined && url.origin === home.origin
    const headers = own ? { ...request.headers, authorization } : request.headers
    const response = await transport.request({ ...request, url, headers })
    const { location } = response.headers
    if (location === undefined || !redirects(request.method, response.status)) return response
    discard(response.body)
    url = checkHandover(url, targetOf(location, url), home)
  }
  throw new ChartroomError('SERVER_ERROR', `${home.host} redirects without end`, {
    op: `${request.method} ${redactUrl(request.url)}`,
    origin: home.host,
    hint: 'Ask who runs the registry: it points in a circle.',
  })
}

function redirects(method: Request['method'], status: number): boolean {
  const always = status === 307 || status === 308
  return always || ((method === 'GET' || method === 'HEAD') && [301, 302, 303].includes(status))
}

function targetOf(location: string, from: URL): URL {
  if (URL.canParse(location, from.href)) return new URL(location, from)
  throw new ChartroomError(
    'SERVER_ERROR',
    `${from.host} redirects to no address: ${location.slice(0, 200)}`,
    {
      origin: from.host,
    },
  )
}
