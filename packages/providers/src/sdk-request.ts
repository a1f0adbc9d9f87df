import { ChartroomError } from '@chartroom/errors'
import type { Request } from '@chartroom/oci'
import { contentOf, readAll } from '@chartroom/oci'
import type { ProviderContext } from './context.ts'
import { limits } from './limits.ts'

/** A request as a vendor's library wants it sent. */
export interface SdkRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string | undefined
  readonly signal?: AbortSignal | undefined
}

export interface SdkAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
}

/**
 * Sends what vendors' libraries ask for by our own transport, so that proxies, certificates and Ctrl-C count for
 * them as for everything else. Their own tries again come on top of ours for answers that ours lets stand.
 */
export async function sendForSdk(
  { transport }: Pick<ProviderContext, 'transport'>,
  { method, url, headers, body, signal }: SdkRequest,
): Promise<SdkAnswer> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const response = await transport.request({
    method: methodOf(method),
    url,
    headers: withoutOwn(headers),
    signal,
    ...(bytes === undefined ? {} : { body: contentOf(bytes), bodySize: bytes.length }),
  })
  return {
    status: response.status,
    headers: flat(response.headers),
    bytes: await readAll(response.body, limits.answerBytes),
  }
}

function methodOf(text: string): Request['method'] {
  const known = (['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).find((one) => one === text)
  if (known !== undefined) return known
  throw new ChartroomError('UNSUPPORTED', `a vendor's library wants to send ${text}, which is not supported`)
}

/** What the transport sets by itself. */
const own = new Set(['content-length', 'host', 'connection', 'accept-encoding'])

function withoutOwn(headers: SdkRequest['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => !own.has(name)),
  )
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
    ),
  )
}
