import type { GoFunction, GoInt, GoObject } from '@chartroom/go'
import type { TemplatePorts } from '../ports.ts'
import type { SelfSigned, Signed } from './certificate-maker.ts'
import {
  customCertificate,
  generatePrivateKey,
  makeAuthority,
  makeSelfSigned,
  makeSigned,
} from './certificate-maker.ts'
import { fixed } from './go-function.ts'

/** Sprig's functions on keys and certificates. */
export function certificateFunctions(ports: TemplatePorts): ReadonlyMap<string, GoFunction> {
  const authority = (name: string, days: GoInt, key?: string): GoObject =>
    makeAuthority(ports, [name, null, null, days, key])
  const selfSigned = (...given: SelfSigned): GoObject => makeSelfSigned(ports, given)
  const signed = (...given: Signed): GoObject => makeSigned(ports, given)
  return new Map([
    ['genPrivateKey', fixed('string', (type: string) => generatePrivateKey(ports.crypto, type))],
    ['buildCustomCert', fixed('string string', (...pair: [string, string]) => customCertificate(...pair))],
    ['genCA', fixed('string int', authority)],
    ['genCAWithKey', fixed('string int string', authority)],
    ['genSelfSignedCert', fixed('string list list int', selfSigned)],
    ['genSelfSignedCertWithKey', fixed('string list list int string', selfSigned)],
    ['genSignedCert', fixed('string list list int certificate', signed)],
    ['genSignedCertWithKey', fixed('string list list int certificate string', signed)],
  ])
}
