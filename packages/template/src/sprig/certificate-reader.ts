import { FunctionError, parseTime, utc } from '@chartroom/go'
import { tags } from './certificate-der.ts'
import { DerReader } from './certificate-der-reader.ts'
import { readNameValue } from './certificate-name.ts'
import { decodePem } from './certificate-pem.ts'

/** What signing in the name of a certificate needs of it. */
export interface Issuer {
  /** Its subject in DER. */
  readonly subject: Uint8Array
  /** Its SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array
  readonly keyIdentifier: Uint8Array | undefined
}

/** The first certificate of a PEM text. The errors are those of Go's x509.ParseCertificate. */
export function parseCertificate(pem: string): Issuer {
  const block = decodePem(pem)
  if (block === undefined) throw new FunctionError('unable to decode certificate')
  try {
    return readCertificate(block.bytes)
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error
    throw new FunctionError(`error parsing certificate: decodedCert.Bytes: ${error.message}`)
  }
}

function readCertificate(bytes: Uint8Array): Issuer {
  const input = new DerReader(bytes)
  const outer = input.enter(tags.sequence) ?? malformed('certificate')
  const body = outer.enter(tags.sequence) ?? malformed('tbs certificate')
  const version = readVersion(body)
  const serial = body.integer() ?? malformed('serial number')
  if ((serial[0] ?? 0) >= 0x80) throw new FunctionError('x509: negative serial number')
  const inside = body.read(tags.sequence) ?? malformed('signature algorithm identifier')
  const outside = outer.read(tags.sequence) ?? malformed('algorithm identifier')
  if (!isEqual(inside.content, outside.content)) {
    throw new FunctionError("x509: inner and outer signature algorithm identifiers don't match")
  }
  if (new DerReader(inside.content).objectIdentifier() === undefined) malformed('OID')
  checkName((body.read(tags.sequence) ?? malformed('issuer')).content)
  checkValidity(body.enter(tags.sequence) ?? malformed('validity'))
  const subject = body.read(tags.sequence) ?? malformed('issuer')
  checkName(subject.content)
  const publicKey = body.read(tags.sequence) ?? malformed('spki')
  checkPublicKey(new DerReader(publicKey.content))
  const keyIdentifier = version === 3 ? readKeyIdentifier(body) : undefined
  if (outer.bitString() === undefined) malformed('signature')
  if (!input.isEmpty) throw new FunctionError('x509: trailing data')
  return { subject: subject.whole, publicKey: publicKey.whole, keyIdentifier }
}

function readVersion(body: DerReader): number {
  if (body.nextTag !== 0xa0) return 1
  const bytes = body.enter(0xa0)?.integer()
  if (bytes === undefined || (bytes[0] ?? 0) >= 0x80) return malformed('version')
  const version = bytes.length > 1 ? 4 : (bytes[0] ?? 0) + 1
  if (version > 3) throw new FunctionError('x509: invalid version')
  return version
}

function checkName(content: Uint8Array): void {
  const sets = new DerReader(content)
  while (!sets.isEmpty) {
    const set = sets.enter(tags.set) ?? invalidName('')
    while (!set.isEmpty) {
      const attribute = set.enter(tags.sequence) ?? invalidName(': invalid attribute')
      if (attribute.objectIdentifier() === undefined) invalidName(': invalid attribute type')
      const value = attribute.read() ?? invalidName(': invalid attribute value')
      const problem = readNameValue(value)
      if (problem !== undefined) invalidName(`: invalid attribute value: ${problem}`)
    }
  }
}

function checkValidity(validity: DerReader): void {
  for (let count = 0; count < 2; count++) {
    const time = validity.read()
    const text = String.fromCharCode(...(time?.content ?? []))
    if (time?.tag === tags.utcTime) checkTime(text, ['060102150405Z0700', '0601021504Z0700'], 'UTCTime')
    else if (time?.tag === tags.generalizedTime) checkTime(text, ['20060102150405Z0700'], 'GeneralizedTime')
    else throw new FunctionError('x509: unsupported time format')
  }
}

function checkTime(text: string, layouts: readonly string[], name: string): void {
  const isTime = layouts.some((layout) => {
    try {
      parseTime(layout, text, utc)
      return true
    } catch (error) {
      if (error instanceof FunctionError) return false
      throw error
    }
  })
  if (!isTime) malformed(name)
}

function checkPublicKey(reader: DerReader): void {
  const identifier = reader.enter(tags.sequence) ?? malformed('public key algorithm identifier')
  if (identifier.objectIdentifier() === undefined) malformed('OID')
  if (reader.bitString() === undefined) malformed('subjectPublicKey')
}

/** The value of the extension 2.5.29.14. */
function readKeyIdentifier(body: DerReader): Uint8Array | undefined {
  for (const tag of [0x81, 0x82]) if (body.nextTag === tag) body.read(tag)
  if (body.nextTag !== 0xa3) return undefined
  const extensions = body.enter(0xa3)?.enter(tags.sequence) ?? malformed('extensions')
  const seen = new Set<string>()
  let keyIdentifier: Uint8Array | undefined
  while (!extensions.isEmpty) {
    const extension = extensions.enter(tags.sequence) ?? malformed('extension')
    const identifier = extension.objectIdentifier() ?? malformed('extension OID field')
    if (extension.nextTag === tags.boolean && !isBoolean(extension.read()?.content)) {
      malformed('extension critical field')
    }
    const value = extension.read(tags.octetString) ?? malformed('extension value field')
    if (seen.has(identifier)) {
      throw new FunctionError(`x509: certificate contains duplicate extension with OID "${identifier}"`)
    }
    seen.add(identifier)
    if (identifier !== '2.5.29.14') continue
    keyIdentifier = new DerReader(value.content).read(tags.octetString)?.content
    if (keyIdentifier === undefined) throw new FunctionError('x509: invalid subject key identifier')
  }
  return keyIdentifier
}

function isBoolean(content: Uint8Array | undefined): boolean {
  return content?.length === 1 && (content[0] === 0 || content[0] === 0xff)
}

export function isEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index])
}

function invalidName(rest: string): never {
  throw new FunctionError(`x509: invalid RDNSequence${rest}`)
}

function malformed(part: string): never {
  throw new FunctionError(`x509: malformed ${part}`)
}
