import type { IncomingHttpHeaders } from 'node:http'

/** A request as it arrived under a host's real name. */
export interface Call {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  /** The whole body, read at the first call: what is refused before is not read. */
  body(): Promise<Buffer>
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string | readonly string[]>> | undefined
  readonly body?: Uint8Array | string | undefined
}

/** What answers under a host's name. */
export type Service = (call: Call) => Answer | Promise<Answer>

export function json(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) }
}

export function text(status: number, body: string, type = 'text/plain; charset=utf-8'): Answer {
  return { status, headers: { 'content-type': type }, body }
}

export interface SpecError {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly detail?: unknown
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
}

/** An answer with the error body of the distribution specification. */
export function specError({ status, code, message, detail, headers }: SpecError): Answer {
  const error = detail === undefined ? { code, message } : { code, message, detail }
  return json(status, { errors: [error] }, headers)
}

export function redirect(status: 302 | 303 | 307, location: string): Answer {
  return { status, headers: { location } }
}

/** The answer without a header that the vendor's registry does not send. */
export function without(answer: Answer, header: string): Answer {
  return {
    ...answer,
    headers: Object.fromEntries(Object.entries(answer.headers ?? {}).filter(([name]) => name !== header)),
  }
}

/** The user and password of `Authorization: Basic`; everything after the first colon is the password. */
export function basicOf({ headers }: Call): { username: string; password: string } | undefined {
  const [, encoded] = /^basic (.+)$/i.exec(headers.authorization ?? '') ?? []
  if (encoded === undefined) return undefined
  const decoded = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  if (colon < 0) return undefined
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) }
}

export function bearerOf({ headers }: Call): string | undefined {
  return /^bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
}

/** The fields of a posted form. */
export async function formOf(call: Call): Promise<URLSearchParams> {
  return new URLSearchParams((await call.body()).toString('utf8'))
}

/** The members of a posted JSON object; none for anything else. */
export async function jsonOf(call: Call): Promise<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = JSON.parse((await call.body()).toString('utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

/** The member where it is text. */
export function textOf(value: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const found = value[name]
  return typeof found === 'string' ? found : undefined
}
