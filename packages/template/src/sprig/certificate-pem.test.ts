import { describe, expect, it } from 'vitest'
import { decodePem, encodePem } from './certificate-pem.ts'

const bytes = Uint8Array.from({ length: 100 }, (_, index) => index)
const block = encodePem('X KEY', bytes)

describe('encodePem', () => {
  it('breaks lines after 64 characters', () => {
    expect(block.split('\n').map((line) => line.length)).toEqual([21, 64, 64, 8, 19, 0])
    expect(encodePem('EMPTY', Uint8Array.of())).toBe('-----BEGIN EMPTY-----\n-----END EMPTY-----\n')
  })
})

describe('decodePem', () => {
  it.each([
    ['alone', block],
    ['without a last line feed', block.trimEnd()],
    ['after other lines', `some: text\n${block}more`],
    ['with CR LF', block.replaceAll('\n', '\r\n')],
    ['with white space in its lines', block.replaceAll('A', ' A\t')],
    ['with headers', block.replace('-----\n', '-----\nProc-Type: 4\nOther: x\n\n')],
    ['after a beginning without an end', `-----BEGIN Y-----\n${block}`],
    ['after a block of bad base64', `-----BEGIN Y-----\n!\n-----END Y-----\n${block}`],
    ['after a block of two types', `-----BEGIN Y-----\nAAAA\n-----END Z-----\n${block}`],
    ['before another', block + encodePem('LATER', bytes)],
  ])('finds a block %s', (_, text) => {
    expect(decodePem(text)).toEqual({ type: 'X KEY', bytes })
  })

  it('finds an empty block', () => {
    expect(decodePem('-----BEGIN X-----\n-----END X-----')).toEqual({ type: 'X', bytes: Uint8Array.of() })
  })

  it.each([
    ['nothing', ''],
    ['a block that does not begin its line', ` ${block}`],
    ['text after the end', block.replace('-----END X KEY-----', '-----END X KEY-----x')],
    ['a cut end', block.slice(0, -3)],
    ['no end of the first line', block.replace('KEY-----\n', 'KEY\n')],
    ['headers right before the end', '-----BEGIN X-----\na: b\n-----END X-----\n'],
  ])('finds no block in %s', (_, text) => {
    expect(decodePem(text)).toBeUndefined()
  })
})
