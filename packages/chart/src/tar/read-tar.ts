import { ChartroomError } from '@chartroom/errors'
import { limits } from '../limits.ts'
import type { PaxRecords } from './pax.ts'
import { readPax } from './pax.ts'
import type { TarEntry } from './tar-entry.ts'
import { blockSize } from './tar-entry.ts'
import type { TarHeader } from './tar-header.ts'
import { damaged, readHeader, text } from './tar-header.ts'

/**
 * The regular files of a tar: ustar, PAX, GNU long names. Folders are passed over. Throws `ARCHIVE_INVALID`
 * for links, devices and damage, `LIMIT_EXCEEDED` in Helm's words for what is too large.
 */
export function readTar(bytes: Uint8Array): TarEntry[] {
  const reader = new TarReader(bytes)
  const entries: TarEntry[] = []
  let total = 0
  for (let seen = 1; ; seen++) {
    const entry = reader.next()
    if (entry === undefined) return entries
    if (seen > limits.entries) throw tooLarge(`chart archive has more than ${limits.entries} entries`)
    if (entry === 'folder') continue
    total += entry.data.length
    if (total > limits.chartBytes) throw totalTooLarge()
    entries.push(entry)
  }
}

class TarReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  next(): TarEntry | 'folder' | undefined {
    let pax: PaxRecords = {}
    let longName: string | undefined
    for (;;) {
      const header = this.#header()
      if (header === undefined) {
        if (longName !== undefined || pax.path !== undefined) throw damaged('unexpected EOF')
        return undefined
      }
      if (header.type === 'x') pax = readPax(this.#extension(header))
      else if (header.type === 'L') longName = nameOf(this.#extension(header))
      else if (header.type === 'g' || header.type === 'K') this.#extension(header)
      else return this.#entry(header, { ...pax, path: pax.path ?? longName })
    }
  }

  /** The next header; undefined at two blocks of zeros, or where the bytes end in its stead. */
  #header(): TarHeader | undefined {
    if (this.#at === this.#bytes.length) return undefined
    const header = readHeader(this.#block())
    if (header !== undefined || this.#at === this.#bytes.length) return header
    if (readHeader(this.#block()) !== undefined) throw damaged('invalid tar header')
    return undefined
  }

  #entry(header: TarHeader, pax: PaxRecords): TarEntry | 'folder' {
    const name = pax.path ?? header.name
    const size = pax.size ?? header.size
    if (header.type === '5' || (header.type === '0' && isFolderMode(header.mode))) {
      if (size > 0) throw damaged(`the folder ${JSON.stringify(name)} has a size`)
      return 'folder'
    }
    if (header.type !== '0' && header.type !== '7') throw irregular(name, header.type)
    if (size > limits.chartBytes) throw totalTooLarge()
    if (size > limits.fileBytes) {
      throw tooLarge(
        `decompressed chart file ${JSON.stringify(name)} is larger than the maximum file size ${limits.fileBytes}`,
      )
    }
    return { name, mtime: pax.mtime ?? header.mtime, data: this.#data(size) }
  }

  #extension({ size }: TarHeader): Uint8Array {
    if (size > limits.extensionBytes) {
      throw tooLarge(`an extension header of the chart archive is larger than ${limits.extensionBytes} bytes`)
    }
    return this.#data(size)
  }

  #block(): Uint8Array {
    return this.#take(blockSize)
  }

  #data(size: number): Uint8Array {
    const data = this.#take(size)
    this.#take((blockSize - (size % blockSize)) % blockSize)
    return data
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length
    if (!Number.isInteger(length) || end > this.#bytes.length) throw damaged('unexpected EOF')
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }
}

function nameOf(data: Uint8Array): string {
  return text(data, 0, data.length)
}

function isFolderMode(mode: number): boolean {
  return (mode & 0o170000) === 0o040000
}

const kinds: Readonly<Record<string, string>> = {
  1: 'a hard link',
  2: 'a symbolic link',
  3: 'a character device',
  4: 'a block device',
  6: 'a fifo',
  S: 'a sparse file',
}

function irregular(name: string, type: string): ChartroomError {
  const kind = kinds[type] ?? `of type ${JSON.stringify(type)}`
  return new ChartroomError('ARCHIVE_INVALID', `chart entry ${JSON.stringify(name)} is ${kind}`, {
    hint: 'A chart archive holds regular files only: pack the chart again with "chartroom package".',
  })
}

function totalTooLarge(): ChartroomError {
  return tooLarge(`decompressed chart is larger than the maximum size ${limits.chartBytes}`)
}

function tooLarge(message: string): ChartroomError {
  return new ChartroomError('LIMIT_EXCEEDED', message, {
    hint: 'Helm refuses such a chart too: leave out with .helmignore what the templates do not need.',
  })
}
