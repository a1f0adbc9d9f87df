import { describe, expect, it } from 'vitest'
import { integer, objectIdentifier, octetString, sequence, text } from './certificate-der.ts'
import { DerReader } from './certificate-der-reader.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytesOf = (digits: string) => new Uint8Array(Buffer.from(digits, 'hex'))

describe('DER', () => {
  it.each([
    [integer(Uint8Array.of()), '020100'],
    [integer(Uint8Array.of(0, 0, 1)), '020101'],
    [integer(Uint8Array.of(0x80)), '02020080'],
    [objectIdentifier('1.2.840.113549.1.1.11'), '06092a864886f70d01010b'],
    [objectIdentifier('2.5.4.3'), '0603550403'],
    [text('Aa 0'), '1304' + '41612030'],
    [text('a*'), '0c02612a'],
    [text('é'), '0c02c3a9'],
    [sequence(octetString(new Uint8Array(2))), '300404020000'],
  ])('%# is written as Go writes it', (bytes, digits) => {
    expect(hex(bytes)).toBe(digits)
  })

  it.each([0, 1, 127, 128, 255, 256, 65_535, 65_536, 1_000_000])(
    'reads back a content of %i bytes',
    (length) => {
      const reader = new DerReader(octetString(new Uint8Array(length)))
      expect(reader.read(0x04)?.content).toHaveLength(length)
      expect(reader.isEmpty).toBe(true)
    },
  )

  it.each(['1.2.840.113549.1.1.11', '2.5.29.15', '0.9.2342', '2.999.3', '1.3.132.0.35'])(
    'reads back %s',
    (dotted) => {
      expect(new DerReader(objectIdentifier(dotted)).objectIdentifier()).toBe(dotted)
    },
  )

  it.each([
    '',
    '30',
    '3003',
    '300201',
    '3080',
    '308100',
    '30810100',
    '30820001',
    '1f0100',
    '3085000000000100',
  ])('reads no element in %j', (digits) => {
    expect(new DerReader(bytesOf(digits)).read()).toBeUndefined()
  })

  it.each([
    '0200',
    '02020001',
    '0202ff80',
    '030101',
    '0300',
    '0600',
    '060180',
    '06028001',
    '0606ffffffffff7f',
  ])('reads no number, bits or identifier in %s', (digits) => {
    const readers = { '02': 'integer', '03': 'bitString', '06': 'objectIdentifier' } as const
    const method = readers[digits.slice(0, 2) as keyof typeof readers]
    expect(new DerReader(bytesOf(digits))[method]()).toBeUndefined()
  })
})
