import type { GoFunction, GoInt } from '@chartroom/go'
import { stringBytes } from '@chartroom/go'
import type { TemplatePorts } from '../ports.ts'
import { certificateFunctions } from './certificate-functions.ts'
import { adler32 } from './crypto-adler32.ts'
import { decryptAes, encryptAes } from './crypto-aes.ts'
import { bcrypt, derivePassword, htpasswd } from './crypto-password.ts'
import { fixed } from './go-function.ts'

/** Sprig's functions on digests, passwords, ciphers, keys and certificates. */
export function cryptoFunctions(ports: TemplatePorts): ReadonlyMap<string, GoFunction> {
  const { crypto, randomBytes } = ports
  const digest = (hash: (data: Uint8Array) => Uint8Array) =>
    fixed('string', (text: string) => hex(hash(stringBytes(text))))
  const derived = (...[counter, type, master, user, site]: [GoInt, string, string, string, string]) =>
    derivePassword(crypto, { counter, type, master, user, site })
  return new Map([
    ['adler32sum', fixed('string', (text: string) => adler32(stringBytes(text)).toString())],
    ['sha1sum', digest(crypto.sha1)],
    ['sha256sum', digest(crypto.sha256)],
    ['sha512sum', digest(crypto.sha512)],
    ['bcrypt', fixed('string', (password: string) => bcrypt(password, randomBytes))],
    [
      'htpasswd',
      fixed('string string', (user: string, password: string) => htpasswd(user, password, randomBytes)),
    ],
    ['derivePassword', fixed('uint32 string string string string', derived)],
    [
      'encryptAES',
      fixed('string string', (password: string, text: string) => encryptAes(password, text, ports)),
    ],
    [
      'decryptAES',
      fixed('string string', (password: string, text: string) => decryptAes(password, text, ports)),
    ],
    ...certificateFunctions(ports),
  ])
}

function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}
