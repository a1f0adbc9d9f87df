import { FunctionError } from '@chartroom/go'
import { tags } from './certificate-der.ts'
import { DerReader } from './certificate-der-reader.ts'

/** The inside of a sequence, or the error that Go's encoding/asn1 has for what is none.
 * @param typeName Go's name of the structure that is read */
export function readStructure(bytes: Uint8Array, typeName: string): DerReader {
  const [tag] = bytes
  if (tag === undefined) throw new FunctionError('asn1: syntax error: sequence truncated')
  const { length, end } = lengthAfterTag(bytes)
  if (tag !== tags.sequence) {
    const found = `{class:${tag >> 6} tag:${tag & 0x1f} length:${length} isCompound:${(tag & 0x20) !== 0}}`
    throw structureError(`tags don't match (16 vs ${found}) ${noParameters} ${typeName} @${end}`)
  }
  return new DerReader(bytes).enter(tags.sequence) ?? truncated()
}

/** A part that has to be there. */
export function required<T>(part: T | undefined): T {
  return part ?? truncated()
}

function lengthAfterTag(bytes: Uint8Array): { length: number; end: number } {
  const first = bytes[1] ?? cutOff()
  if (first < 0x80) return { length: first, end: 2 }
  if (first === 0x80) throw new FunctionError('asn1: syntax error: indefinite length found (not DER)')
  let length = 0
  const end = first - 0x80 + 2
  for (let at = 2; at < end; at++) {
    const byte = bytes[at] ?? cutOff()
    if (length >= largest) throw structureError('length too large')
    length = length * 256 + byte
    if (length === 0) throw structureError('superfluous leading zeros in length')
  }
  if (length < 0x80) throw structureError('non-minimal length')
  return { length, end }
}

/** A length that no further byte may follow. */
const largest = 2 ** 23

const noParameters =
  '{optional:false explicit:false application:false private:false defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false}'

function structureError(text: string): FunctionError {
  return new FunctionError(`asn1: structure error: ${text}`)
}

function cutOff(): never {
  throw new FunctionError('asn1: syntax error: truncated tag or length')
}

function truncated(): never {
  throw new FunctionError('asn1: syntax error: data truncated')
}
