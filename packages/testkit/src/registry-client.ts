import { createHash } from 'node:crypto'
import { request } from 'node:http'

/** A request as a test writes it: the method and path first, as on the wire. */
export interface Sent {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
}

export interface Received {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
  json(): unknown
}

/** One request to a server on loopback, nothing followed, retried or decompressed. */
export async function send(base: string, line: string, { headers = {}, body }: Sent = {}): Promise<Received> {
  const [method = 'GET', path = '/'] = line.split(' ')
  const url = path.startsWith('http') ? path : base + path
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const whole = Buffer.concat(chunks)
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: whole,
          json: () => JSON.parse(whole.toString()) as unknown,
        })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

export function sha256(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

export function sha512(bytes: Uint8Array | string): string {
  return `sha512:${createHash('sha512').update(bytes).digest('hex')}`
}
