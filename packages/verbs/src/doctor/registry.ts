import type { ErrorCode } from '@chartroom/errors'
import type { Response } from '@chartroom/oci'
import { discard } from '@chartroom/oci'
import type { Finding } from './finding.ts'
import { failure, failureOf, ok } from './finding.ts'
import type { Patient } from './patient.ts'

export interface Ping {
  readonly finding: Finding
  /** Undefined where nothing answered. */
  readonly answer: Pick<Response, 'status' | 'headers'> | undefined
  /** Milliseconds since the epoch by this machine, in the middle of the request. */
  readonly at: number
}

/** What `/v2/` answers without a login, and which product that is. */
export async function checkRegistry({ connections, origin, url }: Patient): Promise<Ping> {
  const before = Date.now()
  try {
    // By the registry's own client, so that its answer tells which vendor's it is; 401 is an answer like any other.
    connections.registry(origin.host)
    const { status, headers, body } = await connections.transport.request({ method: 'GET', url })
    discard(body)
    const at = (before + Date.now()) / 2
    connections.note(origin, { status, headers })
    return { finding: await judge(status, { connections, origin }), answer: { status, headers }, at }
  } catch (error) {
    return { finding: failureOf('registry', error), answer: undefined, at: before }
  }
}

async function judge(
  status: number,
  { connections, origin: { host } }: Pick<Patient, 'connections' | 'origin'>,
): Promise<Finding> {
  if (status === 200 || status === 401) {
    const vendor = await connections.vendorOf(host)?.load()
    const what = vendor === undefined ? 'a registry' : vendor.title
    return ok(
      'registry',
      `${host} is ${what}; /v2/ answers ${status}${status === 401 ? ', it asks for a login' : ''}`,
    )
  }
  const [code, remedy] = reasons[status] ?? (status >= 500 ? outOfOrder : noRegistry)
  // What Go's servers answer to plain HTTP where they want TLS.
  const wantsTls = status === 400 && connections.originOf(host).scheme === 'http'
  return failure('registry', `/v2/ of ${host} answers ${status}`, {
    code: code,
    cause:
      status >= 500 || reasons[status] !== undefined ? undefined : 'A registry answers 200 or 401 there.',
    remedy: wantsTls ? 'It may want TLS: pass --plain-http=false.' : remedy,
  })
}

const noRegistry: readonly [ErrorCode, string] = [
  'NOT_FOUND',
  'Check host and port: something else than a registry answers, or a proxy before it.',
]
const outOfOrder: readonly [ErrorCode, string] = [
  'SERVER_ERROR',
  'Try again later, or ask who runs the registry.',
]
const reasons: Readonly<Record<number, readonly [ErrorCode, string]>> = {
  403: ['FORBIDDEN', 'A firewall or the registry lets nobody in from here: ask who runs it.'],
  407: ['NETWORK', 'The proxy wants a login: write it into HTTPS_PROXY as http://USER:PASSWORD@HOST:PORT.'],
  429: ['RATE_LIMITED', 'Wait a while, or log in: limits are often higher then.'],
}
