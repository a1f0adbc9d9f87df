import { bytesString, formatValue, FunctionError, quote } from '@chartroom/go'
import type { Value } from '@chartroom/go'
import { isBroken } from './bytes.ts'
import type { DerElement } from './certificate-der-reader.ts'
import { element, implicit, objectIdentifier, sequence, tags, text } from './certificate-der.ts'
import { parseIp } from './certificate-ip.ts'

/** A subject that has only a common name, or none. */
export function commonName(name: string): Uint8Array {
  if (name === '') return sequence()
  if (isBroken(name)) throw new FunctionError('asn1: string not valid UTF-8')
  return sequence(element(tags.set, sequence(objectIdentifier('2.5.4.3'), text(name))))
}

/** The addresses of a list, 4 or 16 bytes each, as Sprig reads them. */
export function ipAddresses(values: Value): Uint8Array[] {
  return elements(values).map((value) => {
    if (typeof value !== 'string') {
      throw new FunctionError(`error parsing ip: ${formatValue(value)} is not a string`)
    }
    const bytes = parseIp(value)
    if (bytes === undefined) throw new FunctionError(`error parsing ip: ${value}`)
    return bytes
  })
}

export function dnsNames(values: Value): string[] {
  return elements(values).map((value) => {
    if (typeof value === 'string') return value
    throw new FunctionError(`error processing alternate dns name: ${formatValue(value)} is not a string`)
  })
}

/** The value of the extension subjectAltName. */
export function alternativeNames(names: readonly string[], addresses: readonly Uint8Array[]): Uint8Array {
  const dns = names.map((name) => {
    if (/[^\0-\x7f]/.test(name)) {
      throw new FunctionError(`x509: ${quote(name)} cannot be encoded as an IA5String`)
    }
    return implicit(
      2,
      Uint8Array.from(name, (character) => character.charCodeAt(0)),
    )
  })
  return sequence(...dns, ...addresses.map((address) => implicit(7, address)))
}

function elements(values: Value): readonly Value[] {
  return Array.isArray(values) ? values : []
}

/** What Go finds wrong with the text of a name; undefined when nothing is. */
export function readNameValue({ tag, content }: DerElement): string | undefined {
  const units = Array.from(content, (byte) => String.fromCharCode(byte)).join('')
  switch (tag) {
    case tags.printableString:
      return /^[A-Za-z0-9 '()*+,\-./:=?&]*$/.test(units) ? undefined : 'invalid PrintableString'
    case tags.utf8String:
      return isBroken(bytesString(content)) ? 'invalid UTF-8 string' : undefined
    case 0x12:
      return /^[0-9 ]*$/.test(units) ? undefined : 'invalid NumericString'
    case 0x16:
      return /^[\0-\x7f]*$/.test(units) ? undefined : 'invalid IA5String'
    case 0x14: // T61String, which Go takes for Latin-1
      return undefined
    case 0x1e: // BMPString
      return content.length % 2 === 0 ? undefined : 'invalid BMPString'
    default:
      return `unsupported string type: ${tag}`
  }
}
