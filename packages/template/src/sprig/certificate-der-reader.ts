/** One element of DER. */
export interface DerElement {
  readonly tag: number
  readonly content: Uint8Array
  /** With its tag and length. */
  readonly whole: Uint8Array
}

/** Reads elements one after another. Only DER is taken: the shortest length, and tags of one byte. */
export class DerReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isEmpty(): boolean {
    return this.#at >= this.#bytes.length
  }

  /** The tag of the next element; undefined at the end. */
  get nextTag(): number | undefined {
    return this.#bytes[this.#at]
  }

  /** The next element; undefined where there is none, or with another tag than asked for. */
  read(tag?: number): DerElement | undefined {
    const bytes = this.#bytes
    const start = this.#at
    const found = bytes[start]
    const length = readLength(bytes, start + 1)
    if (found === undefined || (found & 0x1f) === 0x1f || (tag !== undefined && found !== tag))
      return undefined
    if (length === undefined || length.end + length.value > bytes.length) return undefined
    this.#at = length.end + length.value
    return {
      tag: found,
      content: bytes.subarray(length.end, this.#at),
      whole: bytes.subarray(start, this.#at),
    }
  }

  /** A reader of what is in the next element. */
  enter(tag: number): DerReader | undefined {
    const found = this.read(tag)
    return found === undefined ? undefined : new DerReader(found.content)
  }

  /** The bytes of the next integer, the first with its sign. */
  integer(): Uint8Array | undefined {
    const content = this.read(0x02)?.content
    if (content === undefined || content.length === 0) return undefined
    const [first = 0, second = 0] = content
    const isPadded =
      content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
    return isPadded ? undefined : content
  }

  /** The bytes of the next bit string, if they are whole. */
  bitString(): Uint8Array | undefined {
    const content = this.read(0x03)?.content
    if (content === undefined) return undefined
    return content[0] === 0 ? content.subarray(1) : undefined
  }

  /** The next object identifier in dotted form. */
  objectIdentifier(): string | undefined {
    const content = this.read(0x06)?.content
    return content === undefined ? undefined : dotted(content)
  }
}

function readLength(bytes: Uint8Array, at: number): { value: number; end: number } | undefined {
  const first = bytes[at]
  if (first === undefined) return undefined
  if (first < 0x80) return { value: first, end: at + 1 }
  const count = first - 0x80
  if (count === 0 || count > 4 || at + count >= bytes.length) return undefined
  let value = 0
  for (const byte of bytes.subarray(at + 1, at + 1 + count)) value = value * 256 + byte
  const isShortest = value >= 0x80 && (bytes[at + 1] ?? 0) !== 0
  return isShortest ? { value, end: at + 1 + count } : undefined
}

function dotted(content: Uint8Array): string | undefined {
  const numbers: number[] = []
  let value = 0
  for (const [index, byte] of content.entries()) {
    if (value === 0 && byte === 0x80) return undefined
    value = value * 128 + (byte & 0x7f)
    if (value > 0x7fff_ffff) return undefined
    if (byte < 0x80) {
      numbers.push(value)
      value = 0
    } else if (index === content.length - 1) return undefined
  }
  const [first = 0, ...rest] = numbers
  if (numbers.length === 0) return undefined
  const root = Math.min(Math.floor(first / 40), 2)
  return [root, first - 40 * root, ...rest].join('.')
}
