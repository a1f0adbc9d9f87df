import type { TempFile, Writer } from './writer.ts'

// A write costs a trip through the thread pool, whatever its size.
const gatherBytes = 256 * 1024

/** Writes content to a temporary file in large parts, each while the next one arrives. */
export class Sink {
  readonly #writer: Writer
  #file: TempFile | undefined
  #parts: Uint8Array[] = []
  #gathered = 0
  #position = 0
  #writing: Promise<void> = Promise.resolve()

  constructor(writer: Writer) {
    this.#writer = writer
  }

  /** May throw for a part that was given before. */
  async write(part: Uint8Array): Promise<void> {
    this.#parts.push(part)
    this.#gathered += part.length
    if (this.#gathered >= gatherBytes) await this.#writeGathered()
  }

  /** All that was given is in the file when this returns. */
  async flush(): Promise<void> {
    await this.#writeGathered()
    await this.#writing
  }

  /** The whole file; who takes it publishes or discards it. */
  async take(): Promise<TempFile> {
    await this.flush()
    const file = this.#file ?? (await this.#writer.create())
    this.#file = undefined
    return file
  }

  /** Where the bytes are, once they are flushed; undefined without any. */
  get path(): string | undefined {
    return this.#file?.path
  }

  async discard(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    await this.#writing.then(undefined, () => undefined)
    if (file !== undefined) await this.#writer.discard(file)
  }

  async #writeGathered(): Promise<void> {
    await this.#writing
    if (this.#gathered === 0) return
    this.#file ??= await this.#writer.create()
    const bytes = this.#parts.length === 1 ? this.#parts[0] : undefined
    const part = { bytes: bytes ?? Buffer.concat(this.#parts, this.#gathered), position: this.#position }
    this.#position += this.#gathered
    this.#parts = []
    this.#gathered = 0
    this.#writing = this.#writer.append('blob', this.#file, part)
    // A failure is told to whoever waits for it next, not to the process.
    this.#writing.catch(() => undefined)
  }
}
