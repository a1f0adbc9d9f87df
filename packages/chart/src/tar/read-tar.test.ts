import { hasCode } from '@chartroom/errors'
import fc from 'fast-check'
import { packTar, unpackTar } from 'modern-tar'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { readTar } from './read-tar.ts'
import type { RawEntry } from '../../fixtures/tar-bytes.ts'
import { rawEntry, rawTar } from '../../fixtures/tar-bytes.ts'
import { writeTar } from './write-tar.ts'

describe('readTar reads', () => {
  it('what the first tar wrote, whose type flag is NUL and whose folders end in a slash', () => {
    expect(
      names(rawTar({ name: 'c/', type: '\0', magic: '' }, { name: 'c/a', type: '\0', magic: '', data: 'x' })),
    ).toEqual(['c/a'])
  })

  it('a name split into prefix and name', () => {
    expect(names(rawTar({ name: 'a', prefix: 'c/d' }))).toEqual(['c/d/a'])
  })

  it('no prefix in GNU headers, which have times there', () => {
    expect(names(rawTar({ name: 'c/a', prefix: '12345', magic: 'ustar  \0' }))).toEqual(['c/a'])
  })

  it('GNU long names', () => {
    const long = `c/${'n'.repeat(200)}`
    expect(names(rawTar({ name: '././@LongLink', type: 'L', data: `${long}\0` }, { name: 'c/nnn' }))).toEqual(
      [long],
    )
  })

  it('PAX names, sizes and times, and passes global headers over', () => {
    const records =
      record('path', 'c/é') + record('mtime', '1700000000.25') + record('size', '3') + record('other', 'x')
    const tar = rawTar(
      { name: 'g', type: 'g', data: record('path', 'evil') },
      { name: 'x', type: 'x', data: records },
      { name: 'c/e', data: 'abc' },
    )
    const [entry] = readTar(tar)
    expect([entry?.name, entry?.mtime, entry?.data.length]).toEqual(['c/é', 1700000000.25, 3])
  })

  it('a base-256 size', () => {
    const size = Uint8Array.of(0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2)
    expect(names(rawTar({ name: 'c/a', data: 'xy', sizeField: size }))).toEqual(['c/a'])
  })

  it('an archive that ends without its two blocks of zeros, as Go does', () => {
    expect(names(rawEntry({ name: 'c/a', data: 'x' }))).toEqual(['c/a'])
  })

  it('nothing behind the two blocks of zeros', () => {
    const tar = Buffer.concat([rawTar({ name: 'c/a' }), rawTar({ name: 'c/b' })])
    expect(names(tar)).toEqual(['c/a'])
  })
})

describe('readTar refuses', () => {
  const refused: [string, RawEntry, string][] = [
    ['symbolic links', { name: 'c/a', type: '2', link: '/etc/passwd' }, 'is a symbolic link'],
    ['hard links', { name: 'c/a', type: '1', link: 'c/b' }, 'is a hard link'],
    ['character devices', { name: 'c/a', type: '3' }, 'is a character device'],
    ['block devices', { name: 'c/a', type: '4' }, 'is a block device'],
    ['pipes', { name: 'c/a', type: '6' }, 'is a fifo'],
    ['sparse files', { name: 'c/a', type: 'S' }, 'is a sparse file'],
    ['types that nobody knows', { name: 'c/a', type: 'Z' }, 'is of type "Z"'],
    ['folders with a size', { name: 'c/', type: '5', data: 'x' }, 'has a size'],
    ['names that are no UTF-8', { name: Uint8Array.of(0x63, 0x2f, 0xff) }, 'not UTF-8'],
    [
      'sizes that are no number',
      { name: 'c/a', sizeField: new TextEncoder().encode('99999999999\0') },
      'not octal',
    ],
    ['sizes beyond all bounds', { name: 'c/a', sizeField: new Uint8Array(12).fill(0xbf) }, 'too large'],
    ['PAX sparse files', { name: 'x', type: 'x', data: record('GNU.sparse.major', '1') }, 'sparse'],
    ['PAX records that lie about their length', { name: 'x', type: 'x', data: '99 path=a\n' }, 'PAX'],
    ['PAX records without a value', { name: 'x', type: 'x', data: '8 pathx\n' }, 'PAX'],
    ['PAX sizes that are no number', { name: 'x', type: 'x', data: record('size', '0x10') }, 'PAX'],
  ]
  it.each(refused)('%s', (_, entry, message) => {
    expect(() => readTar(rawTar(entry, { name: 'c/z' }))).toThrow(message)
  })

  it('a wrong checksum', () => {
    const tar = rawTar({ name: 'c/a' })
    tar[0] = 0x64
    expect(() => readTar(tar)).toThrow('wrong checksum')
  })

  it.each([100, 512, 513, 700])('an archive cut off after %d bytes', (length) => {
    const tar = rawTar({ name: 'c/a', data: 'x'.repeat(600) })
    expect(() => readTar(tar.subarray(0, length))).toThrow('unexpected EOF')
  })

  it('a name without its file', () => {
    expect(() => readTar(rawTar({ name: 'x', type: 'x', data: record('path', 'c/a') }))).toThrow(
      'unexpected EOF',
    )
  })

  it('a file behind one block of zeros', () => {
    expect(() => readTar(Buffer.concat([new Uint8Array(512), rawTar({ name: 'c/a' })]))).toThrow(
      'invalid tar header',
    )
  })
})

describe('readTar has limits:', () => {
  it('the size of a file, before any of it is there', () => {
    const tar = rawTar({ name: 'c/a', sizeField: octal(limits.fileBytes + 1) })
    expect(() => readTar(tar)).toThrow(
      'decompressed chart file "c/a" is larger than the maximum file size 5242880',
    )
  })

  it('the size of all files', () => {
    const block = rawEntry({ name: 'c/a', data: new Uint8Array(limits.fileBytes) })
    const tar = new Uint8Array(block.length * 21)
    for (let i = 0; i < 21; i++) tar.set(block.subarray(0, 512), i * block.length)
    expect(() => readTar(tar)).toThrow('decompressed chart is larger than the maximum size 104857600')
  })

  it('the number of entries', () => {
    const tar = Buffer.concat(
      Array.from({ length: limits.entries + 1 }, () => rawEntry({ name: 'c/', type: '5' })),
    )
    expect(() => readTar(tar)).toThrow('more than 20000 entries')
  })

  it('the size of an extension header', () => {
    const tar = rawTar({ name: 'x', type: 'x', sizeField: octal(limits.extensionBytes + 1) })
    expect(() => readTar(tar)).toThrow('extension header')
  })
})

describe('readTar and modern-tar', () => {
  const file = fc.record({
    name: fc.stringMatching(/^c\/[a-zé日]{1,90}(\/[a-z]{1,90}){0,2}$/),
    data: fc.uint8Array({ maxLength: 1500 }),
    mtime: fc.integer({ min: 0, max: 4_000_000_000 }),
  })

  it('read alike what writeTar writes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 5 }), async (files) => {
        const tar = writeTar(files)
        const theirs = await unpackTar(tar)
        expect(
          theirs.map(({ header, data }) => [header.name, Buffer.from(data ?? []).toString('hex')]),
        ).toEqual(files.map(({ name, data }) => [name, Buffer.from(data).toString('hex')]))
        expect(readTar(tar).map(({ name, mtime }) => [name, mtime])).toEqual(
          files.map(({ name, mtime }) => [name, mtime]),
        )
      }),
      { numRuns: 50 },
    )
  })

  it('read alike what modern-tar writes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 5 }), async (files) => {
        const tar = await packTar(
          files.map(({ name, data, mtime }) => ({
            header: { name, size: data.length, mtime: new Date(mtime * 1000) },
            body: data,
          })),
        )
        expect(readTar(tar).map(({ name, data }) => [name, Buffer.from(data).toString('hex')])).toEqual(
          files.map(({ name, data }) => [name, Buffer.from(data).toString('hex')]),
        )
      }),
      { numRuns: 50 },
    )
  })

  it('damage of any kind is a ChartroomError', () => {
    const tar = rawTar(
      { name: 'x', type: 'x', data: record('path', 'c/é') },
      { name: 'c/e', data: 'abc' },
      { name: 'c/f' },
    )
    const change = fc.tuple(fc.nat(tar.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(tar.length), (changes, length) => {
        const damaged = tar.slice(0, length)
        for (const [at, byte] of changes) damaged[at] = byte
        try {
          readTar(damaged)
        } catch (error) {
          if (!hasCode(error, 'ARCHIVE_INVALID', 'LIMIT_EXCEEDED')) throw error
        }
      }),
      { numRuns: 500 },
    )
  })
})

function names(tar: Uint8Array): string[] {
  return readTar(tar).map(({ name }) => name)
}

function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const length = Buffer.byteLength(rest)
  return `${length + String(length + 2).length}${rest}`
}

function octal(value: number): Uint8Array {
  return new TextEncoder().encode(`${value.toString(8).padStart(11, '0')}\0`)
}
