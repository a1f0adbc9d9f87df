import type { Hash } from 'node:crypto'
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { ChartroomError } from '@chartroom/errors'
import type { ByteStream, Digest } from '@chartroom/oci'
import type { StoreLimits } from './limits.ts'
import type { StorePaths } from './path.ts'
import { Sink } from './sink.ts'
import type { Writer } from './writer.ts'

export type Algorithm = 'sha256' | 'sha512'

export interface UploadOptions {
  readonly paths: StorePaths
  readonly writer: Writer
  readonly limits: StoreLimits
  readonly repository: string
  readonly algorithm: Algorithm
  /** Called once, when the session is over. */
  readonly onEnd: (id: string) => void
}

/** Content on its way into one repository. Belongs to this process: it does not survive a restart. */
export class Upload {
  readonly id: string = randomUUID()
  readonly repository: string
  readonly #options: UploadOptions
  readonly #sink: Sink
  #algorithm: Algorithm
  #hash: Hash
  #offset = 0
  #busy = false
  #over = false

  constructor(options: UploadOptions) {
    this.#options = options
    this.repository = options.repository
    this.#algorithm = options.algorithm
    this.#hash = createHash(options.algorithm)
    this.#sink = new Sink(options.writer)
  }

  /** Bytes received so far; the next ones start here. */
  get offset(): number {
    return this.#offset
  }

  /**
   * Appends the stream. `start`, where given, must be `offset`: `UPLOAD_OFFSET` otherwise, and while another append
   * runs. What arrived before the stream broke stays, and `offset` counts it.
   */
  async append(stream: ByteStream, start: number = this.#offset): Promise<void> {
    this.#take(start)
    try {
      await this.#receive(stream)
    } finally {
      this.#busy = false
      if (this.#over) await this.#sink.discard()
    }
  }

  /** Checks the digest and makes the content durable. Ends the session, also when it throws `DIGEST_MISMATCH`. */
  async finish(digest: Digest): Promise<void> {
    this.#take(this.#offset)
    this.#end()
    try {
      await this.#verify(digest)
      await this.#options.writer.publish('blob', await this.#sink.take(), this.#options.paths.blob(digest))
    } finally {
      this.#busy = false
      await this.#sink.discard()
    }
  }

  async cancel(): Promise<void> {
    this.#end()
    if (!this.#busy) await this.#sink.discard()
  }

  #take(start: number): void {
    if (this.#busy) throw outOfOrder(this.repository, 'another part is being received')
    if (this.#over) throw outOfOrder(this.repository, 'the upload is over')
    if (start !== this.#offset) {
      throw outOfOrder(this.repository, `the next byte is ${this.#offset}, not ${start}`)
    }
    this.#busy = true
  }

  async #receive(stream: ByteStream): Promise<void> {
    try {
      for await (const chunk of stream) await this.#write(chunk)
    } finally {
      // Also when the connection broke: what arrived stays.
      await this.#keep(() => this.#sink.flush())
    }
  }

  async #write(chunk: Uint8Array): Promise<void> {
    const { limits } = this.#options
    if (this.#over) throw new ChartroomError('ABORTED', `the upload to ${this.repository} was cancelled`)
    await this.#keep(async () => {
      if (this.#offset + chunk.length > limits.blobBytes) throw tooLarge(this.repository, limits)
      await this.#sink.write(chunk)
    })
    this.#hash.update(chunk)
    this.#offset += chunk.length
  }

  // After a failure the file no longer holds what the hash has seen.
  async #keep(write: () => Promise<void>): Promise<void> {
    try {
      await write()
    } catch (error) {
      this.#end()
      throw error
    }
  }

  // The algorithm is known from the start only if the client said it then.
  async #verify(digest: Digest): Promise<void> {
    const wanted: Algorithm = digest.startsWith('sha512:') ? 'sha512' : 'sha256'
    if (wanted !== this.#algorithm) {
      this.#algorithm = wanted
      const { path } = this.#sink
      this.#hash = path === undefined ? createHash(wanted) : await hashFile(path, wanted)
    }
    const found = `${this.#algorithm}:${this.#hash.digest('hex')}`
    if (found === digest) return
    throw new ChartroomError('DIGEST_MISMATCH', `the content sent has the digest ${found}, not ${digest}`, {
      op: 'upload',
      origin: this.repository,
      hint: 'Send the blob again; if it fails again, the file was changed while it was read.',
    })
  }

  #end(): void {
    if (this.#over) return
    this.#over = true
    this.#options.onEnd(this.id)
  }
}

async function hashFile(path: string, algorithm: Algorithm): Promise<Hash> {
  const hash = createHash(algorithm)
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }))
    hash.update(chunk as Buffer)
  return hash
}

function outOfOrder(repository: string, why: string): ChartroomError {
  return new ChartroomError('UPLOAD_OFFSET', `the part does not follow: ${why}`, {
    op: 'upload',
    origin: repository,
    hint: 'Ask for the status of the upload and go on from there.',
  })
}

function tooLarge(repository: string, { blobBytes }: StoreLimits): ChartroomError {
  return new ChartroomError('LIMIT_EXCEEDED', `the blob is larger than ${blobBytes} bytes`, {
    op: 'upload',
    origin: repository,
    hint: 'Split the content, or raise the limit of the store.',
  })
}
