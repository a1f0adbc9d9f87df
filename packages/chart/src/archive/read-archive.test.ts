import { gzipSync } from 'node:zlib'
import { hasCode } from '@chartroom/errors'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { loadArchive } from '../load-chart.ts'
import { nodePorts } from '../node/ports.ts'
import { rawTar } from '../../fixtures/tar-bytes.ts'
import { archiveContent, readArchive } from './read-archive.ts'

const chartFile = { name: 'c/Chart.yaml', data: 'apiVersion: v2\nname: c\nversion: 1.0.0\n' }

describe('readArchive refuses names that lead elsewhere', () => {
  it.each([
    ['a path to the parent', '../evil', 'illegally references parent directory'],
    ['a path to the parent further in', 'c/a/../../../evil', 'illegally references parent directory'],
    ['a file that begins with two dots, as helm does', 'c/..a', 'illegally references parent directory'],
    ['an absolute path', '/etc/passwd', 'illegally contains absolute paths'],
    ['a drive', 'c/C:/evil', 'contains illegally named files'],
    ['a drive at the top', 'C:/evil', 'contains illegally named files'],
    ['a backslash', 'c\\..\\evil', 'backslash'],
    ['a dot segment', 'c/./a', 'empty or dot segment'],
    ['a dot at the top', './c/a', 'empty or dot segment'],
    ['an empty segment', 'c//a', 'empty or dot segment'],
    ['a folder that says it is a file', 'c/a/', 'empty or dot segment'],
    ['a file beside the chart', 'evil', 'outside the base directory: "evil"'],
    ['a Chart.yaml beside the chart', 'Chart.yaml', 'chart yaml not in base directory'],
    ['a folder named Chart.yaml', 'Chart.yaml/a', 'chart yaml not in base directory'],
    ['no name', '', 'without a name'],
  ])('%s', (_, name, message) => {
    expect(() => readArchive(pack(chartFile, { name }), nodePorts)).toThrow(message)
  })

  it('a NUL character, which only PAX can hold', () => {
    const archive = pack(
      { name: 'x', type: 'x', data: '16 path=c/a\0/../x\n'.replace('16', '18') },
      chartFile,
    )
    expect(() => readArchive(archive, nodePorts)).toThrow('NUL')
  })

  it('a name that is too long', () => {
    const long = `c/${'n'.repeat(limits.nameBytes)}`
    const archive = pack({ name: 'x', type: 'L', data: long }, chartFile)
    expect(() => readArchive(archive, nodePorts)).toThrow('longer than 1024 bytes')
  })
})

describe('readArchive refuses names that are one file', () => {
  it.each([
    ['equal', 'c/a', 'c/a', 'two entries named'],
    ['equal below different folders at the top', 'c/a', 'd/a', 'two entries named'],
    ['equal but for case', 'c/README', 'c/readme', 'differ only in case'],
    ['equal but for the case of a folder', 'c/A/x', 'c/a/x', 'differ only in case'],
    ['equal but for how an accent is encoded', 'c/\u00e9', 'c/e\u0301', 'differ only in case'],
    ['equal on a Mac', 'c/\u017f', 'c/s', 'differ only in case'],
    ['a file and a folder', 'c/a', 'c/a/b', 'has both a file'],
    ['a file and a folder but for case', 'c/A', 'c/a/b', 'has both a file'],
  ])('%s', (_, one, other, message) => {
    expect(() => readArchive(pack(chartFile, { name: one }, { name: other }), nodePorts)).toThrow(message)
  })
})

describe('readArchive refuses', () => {
  it.each([
    ['text', Buffer.from('apiVersion: v2'), 'does not appear to be a gzipped archive'],
    ['nothing', Buffer.alloc(0), 'does not appear to be a gzipped archive'],
    ['a gzip of something else', gzipSync('hello'), 'unexpected EOF'],
    ['an archive without files', pack({ name: 'c/', type: '5' }), 'no files in chart archive'],
    ['an archive that is cut off', pack(chartFile).subarray(0, 60), 'unexpected EOF'],
    [
      'bytes behind its end',
      Buffer.concat([pack(chartFile), Buffer.from('garbage')]),
      'incorrect header check',
    ],
    ['a wrong checksum at its end', badSum(), 'incorrect data check'],
  ])('%s', (_, bytes, message) => {
    expect(() => readArchive(bytes, nodePorts)).toThrow(message)
  })

  it('a bomb, before it is unpacked', () => {
    const bomb = gzipSync(Buffer.alloc(limits.ratioFromBytes + 1))
    expect(() => readArchive(bomb, nodePorts)).toThrow('unpacks to more than 16777216 bytes')
  })

  it('nothing for zeros behind its end, with which some programs fill blocks', () => {
    expect(readArchive(Buffer.concat([pack(chartFile), Buffer.alloc(100)]), nodePorts)).toHaveLength(1)
  })
})

describe('an archive', () => {
  it('has the names that stand in it, and the bytes', () => {
    const [file] = readArchive(pack({ name: 'c/', type: '5' }, { ...chartFile, data: '\ufeffx' }), nodePorts)
    expect([file?.name, Buffer.from(file?.data ?? []).toString()]).toEqual(['c/Chart.yaml', '\ufeffx'])
  })

  it('has the time of its newest entry, in whole seconds', () => {
    const archive = pack({ name: 'x', type: 'x', data: '22 mtime=1700000000.9\n' }, chartFile, {
      name: 'c/a',
    })
    expect(archiveContent(archive, nodePorts).newest).toEqual(new Date(1700000000000))
  })

  it('with random damage gives a chart or a ChartroomError', () => {
    const plain = rawTar(chartFile, { name: 'c/values.yaml', data: 'a: &a [1]\nb: *a\n' })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(plain.length - 1), fc.nat(255)), { maxLength: 6 }), (changes) => {
        const tar = plain.slice()
        for (const [at, byte] of changes) tar[at] = byte
        loadOrRefuse(gzipSync(tar))
      }),
      { numRuns: 300 },
    )
    const packed = pack(chartFile)
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(packed.length - 1), fc.nat(255)), { maxLength: 6 }), (changes) => {
        const bytes = Uint8Array.from(packed)
        for (const [at, byte] of changes) bytes[at] = byte
        loadOrRefuse(bytes)
      }),
      { numRuns: 300 },
    )
  })
})

function badSum(): Buffer {
  const bytes = pack(chartFile)
  return bytes.fill(0, bytes.length - 8, bytes.length - 4)
}

function loadOrRefuse(bytes: Uint8Array): void {
  try {
    loadArchive(bytes, nodePorts)
  } catch (error) {
    if (!hasCode(error, 'ARCHIVE_INVALID', 'CHART_INVALID', 'LIMIT_EXCEEDED', 'YAML_INVALID')) throw error
  }
}

function pack(...entries: Parameters<typeof rawTar>): Buffer {
  return gzipSync(rawTar(...entries))
}
