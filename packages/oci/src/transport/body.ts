import type { IncomingMessage } from 'node:http'
import { ChartroomError } from '@chartroom/errors'
import { join } from '../join.ts'
import { limits } from '../limits.ts'
import type { ByteStream } from '../target.ts'

/** A response's bytes; a connection cut while they come is an error like any other of the transport. */
export class ResponseBody implements ByteStream {
  readonly #incoming: IncomingMessage
  readonly #explain: (error: unknown) => unknown

  constructor(incoming: IncomingMessage, explain: (error: unknown) => unknown) {
    this.#incoming = incoming
    this.#explain = explain
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.#incoming) yield chunk as Uint8Array
    } catch (error) {
      throw this.#explain(error)
    }
  }

  /** By events: several times cheaper than iterating for the small answers most requests get. */
  readAll(max: number): Promise<Uint8Array> {
    const incoming = this.#incoming
    const chunks: Uint8Array[] = []
    let size = 0
    return new Promise((resolve, reject) => {
      incoming.on('error', (error) => reject(this.#explain(error) as Error))
      incoming.on('data', (chunk: Uint8Array) => {
        size += chunk.length
        chunks.push(chunk)
        if (size <= max) return
        reject(new ChartroomError('LIMIT_EXCEEDED', `more than ${max} bytes were sent`))
        incoming.destroy()
      })
      incoming.on('end', () => resolve(join(chunks, size)))
    })
  }

  /** Lets the rest pass by, so that the connection can be used again; it is closed where that takes too long. */
  discard(): void {
    const incoming = this.#incoming
    let size = 0
    // Nobody waits for these bytes: what goes wrong with them only costs the connection.
    incoming.on('error', () => incoming.destroy())
    incoming.on('data', (chunk: Uint8Array) => {
      size += chunk.length
      if (size > limits.discardBytes) incoming.destroy()
    })
    incoming.resume()
  }
}
