import { ChartroomError, redactUrl } from '@chartroom/errors'
import type { Response } from '@chartroom/oci'
import { contentOf, readAll } from '@chartroom/oci'
import type { ProviderContext } from './context.ts'
import { limits } from './limits.ts'

/** A request to a vendor's own interface, which answers JSON. */
export interface ApiCall {
  readonly method: 'DELETE' | 'GET' | 'HEAD' | 'PATCH' | 'POST' | 'PUT'
  readonly url: URL
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly json?: unknown
}

export interface ApiAnswer {
  readonly status: number
  readonly headers: Response['headers']
  /** Undefined where it is no JSON. */
  readonly body: unknown
}

/** Any status is an answer. Throws `NETWORK`, `TIMEOUT`, `LIMIT_EXCEEDED`. */
export async function callApi({ transport }: ProviderContext, call: ApiCall): Promise<ApiAnswer> {
  const body = call.json === undefined ? undefined : new TextEncoder().encode(JSON.stringify(call.json))
  const response = await transport.request({
    method: call.method,
    url: call.url,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...call.headers,
    },
    ...(body === undefined ? {} : { body: contentOf(body), bodySize: body.length }),
  })
  const { status, headers } = response
  return { status, headers, body: parseJson(await readAll(response.body, limits.answerBytes)) }
}

/** The error of an answer that is not what was hoped for. */
export function apiError(answer: ApiAnswer, { method, url }: ApiCall, hint: string): ChartroomError {
  const { status } = answer
  const codes: Readonly<Record<number, 'FORBIDDEN' | 'NOT_FOUND' | 'RATE_LIMITED' | 'UNAUTHENTICATED'>> = {
    401: 'UNAUTHENTICATED',
    403: 'FORBIDDEN',
    404: 'NOT_FOUND',
    429: 'RATE_LIMITED',
  }
  const code = codes[status] ?? (status >= 500 ? 'SERVER_ERROR' : 'UNSUPPORTED')
  return new ChartroomError(code, `${redactUrl(url)} answered ${status}${messageOf(answer.body)}`, {
    op: method,
    origin: url.host,
    hint,
  })
}

/** The member of a JSON object, or undefined. */
export function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, name)?.value
}

/** The member where it is text. */
export function textMember(value: unknown, name: string): string | undefined {
  const found = member(value, name)
  return typeof found === 'string' ? found : undefined
}

function messageOf(body: unknown): string {
  const first: unknown = [member(body, 'errors')].flat()[0]
  const text = textMember(first, 'message') ?? textMember(body, 'message')
  return text === undefined ? '' : `: ${text.slice(0, 300)}`
}

/** Undefined for what is no JSON. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** The error of a list that has more pages than {@link limits} let through. */
export function endlessList(host: string, what: string): ChartroomError {
  return new ChartroomError('LIMIT_EXCEEDED', `${host} lists ${what} without end`, {
    origin: host,
    hint: 'There are too many, or its pages point at each other: remove some by hand.',
  })
}
