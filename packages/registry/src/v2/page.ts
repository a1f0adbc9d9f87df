import { fault } from '../error.ts'
import { limits } from '../limits.ts'
import type { RegistryRequest, Reply } from '../message.ts'

/** The `n` and `last` parameters of a listing. Without `n` there is no end but ours. */
export interface Page {
  readonly count: number | undefined
  readonly last: string | undefined
}

/** A reply instead where `n` is no number. */
export function parsePage(request: RegistryRequest): Page | Reply {
  const n = request.query.get('n')
  const last = request.query.get('last') ?? undefined
  if (n === null) return { count: undefined, last }
  if (!/^\d{1,10}$/.test(n)) {
    return fault({ status: 400, code: 'SIZE_INVALID', message: `n=${n} is not a number of results` })
  }
  return { count: Math.min(Number(n), limits.page), last }
}

export function isReply(value: object): value is Reply {
  return 'status' in value
}

/** `Link` to the page after `last` (RFC 5988), relative to the server. */
export function nextLink(path: string, parameters: Readonly<Record<string, string>>): Record<string, string> {
  return { link: `<${path}?${new URLSearchParams(parameters).toString()}>; rel="next"` }
}

export function jsonReply(value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  const body = Buffer.from(JSON.stringify(value))
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'content-length': String(body.length), ...headers },
    body,
  }
}
