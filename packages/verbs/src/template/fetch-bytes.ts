import { ChartroomError, redactUrl } from '@chartroom/errors'
import type { Transport } from '@chartroom/oci'
import { discard, followRedirects, readAll } from '@chartroom/oci'
import { limits } from '../limits.ts'

/** What lies at an address, without a login. Throws `NOT_FOUND`, `SERVER_ERROR`, and the transport's codes. */
export async function fetchBytes(transport: Transport, url: URL): Promise<Uint8Array> {
  const request = { method: 'GET', url, headers: { 'accept-encoding': 'identity' } } as const
  const response = await followRedirects(transport, request, { home: url })
  if (response.status === 200) return readAll(response.body, limits.valuesBytes)
  discard(response.body)
  throw new ChartroomError(
    response.status === 404 ? 'NOT_FOUND' : 'SERVER_ERROR',
    `failed to fetch ${redactUrl(url)} : ${response.status}`,
    { origin: url.host, hint: 'Check the address; chartroom sends no login for files of values.' },
  )
}
