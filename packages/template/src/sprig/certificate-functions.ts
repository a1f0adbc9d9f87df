import type { GoFunction, GoInt, GoObject, Value } from '@chartroom/go'
import { bytesString, FunctionError, GoTime, utc } from '@chartroom/go'
import type { TemplatePorts } from '../ports.ts'
import { decodeBase64 } from './base64.ts'
import type { CertificateOrder, CertificateRequest } from './certificate-build.ts'
import { buildCertificate } from './certificate-build.ts'
import type { PrivateKey } from './certificate-key.ts'
import { certificateKey, generatePrivateKey } from './certificate-key.ts'
import { during, parsePrivateKey } from './certificate-key-reader.ts'
import { dnsNames, ipAddresses } from './certificate-name.ts'
import { parseCertificate } from './certificate-reader.ts'
import { fixed } from './go-function.ts'

/** Common name, addresses, DNS names, days. */
type Subject = readonly [name: string, ips: Value, dns: Value, days: GoInt]
type SelfSigned = [...Subject, key?: string]
type Signed = [...Subject, authority: GoObject, key?: string]

/** Sprig's functions on keys and certificates. */
export function certificateFunctions(ports: TemplatePorts): ReadonlyMap<string, GoFunction> {
  const { crypto } = ports
  const maker = new CertificateMaker(ports)
  const authority = (name: string, days: GoInt, key?: string) => maker.authority(name, days, key)
  const selfSigned = (...given: SelfSigned) => maker.selfSigned(given)
  const signed = (...given: Signed) => maker.signed(given)
  return new Map([
    ['genPrivateKey', fixed('string', (type: string) => generatePrivateKey(crypto, type))],
    ['buildCustomCert', fixed('string string', customCertificate)],
    ['genCA', fixed('string int', authority)],
    ['genCAWithKey', fixed('string int string', authority)],
    ['genSelfSignedCert', fixed('string list list int', selfSigned)],
    ['genSelfSignedCertWithKey', fixed('string list list int string', selfSigned)],
    ['genSignedCert', fixed('string list list int certificate', signed)],
    ['genSignedCertWithKey', fixed('string list list int certificate string', signed)],
  ])
}

class CertificateMaker {
  readonly #ports: TemplatePorts

  constructor(ports: TemplatePorts) {
    this.#ports = ports
  }

  authority(name: string, days: GoInt, pem?: string): GoObject {
    const key = this.#key(pem)
    const request = this.#request([name, null, null, days], true)
    return this.#make({ request, key, signer: { key } })
  }

  selfSigned([name, ips, dns, days, pem]: SelfSigned): GoObject {
    const key = this.#key(pem)
    return this.#make({ request: this.#request([name, ips, dns, days]), key, signer: { key } })
  }

  signed([name, ips, dns, days, authority, pem]: Signed): GoObject {
    const key = this.#key(pem)
    const certificate = parseCertificate(textField(authority, 'Cert'))
    const signingKey = during('error parsing private key', () => parsePrivateKey(textField(authority, 'Key')))
    const request = this.#request([name, ips, dns, days])
    return this.#make({ request, key, signer: { key: signingKey, certificate } })
  }

  #key(pem: string | undefined): PrivateKey {
    if (pem === undefined) return certificateKey(this.#ports.crypto)
    return during('parsing private key', () => parsePrivateKey(pem))
  }

  #request([name, ips, dns, days]: Subject, isAuthority = false): CertificateRequest {
    const addresses = ipAddresses(ips)
    const names = dnsNames(dns)
    const { seconds, nanoseconds } = this.#ports.now()
    const notBefore = new GoTime({ seconds: BigInt(seconds), nanoseconds, zone: utc, local: utc })
    const notAfter = notBefore.add(BigInt.asIntN(64, days.value * day))
    return { commonName: name, dnsNames: names, addresses, notBefore, notAfter, isAuthority }
  }

  #make(order: CertificateOrder): GoObject {
    const made = during('error creating certificate', () => buildCertificate(order, this.#ports))
    return goCertificate(made.certificate, made.key)
  }
}

const day = 86_400n * 1_000_000_000n

/** Go's `sprig.certificate`. */
function goCertificate(certificate: string, key: string): GoObject {
  return {
    goType: 'sprig.certificate',
    goKind: 'struct',
    fields: new Map([
      ['Cert', certificate],
      ['Key', key],
    ]),
    methods: new Map(),
  }
}

function textField(object: GoObject, name: string): string {
  const value = object.fields.get(name)
  return typeof value === 'string' ? value : ''
}

/** A certificate and a key that are there already, in base64 of PEM. */
function customCertificate(certificate: string, key: string): GoObject {
  const certificatePem = decoded(certificate, 'unable to decode base64 certificate')
  const keyText = decoded(key, 'unable to decode base64 private key')
  parseCertificate(certificatePem)
  during('error parsing private key', () => parsePrivateKey(keyText))
  return goCertificate(certificatePem, keyText)
}

function decoded(text: string, complaint: string): string {
  const bytes = decodeBase64(text)
  if (typeof bytes === 'string') throw new FunctionError(complaint)
  return bytesString(bytes)
}
