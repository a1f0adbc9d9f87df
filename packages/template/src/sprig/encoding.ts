import type { GoFunction } from '@chartroom/go'
import { base64, bytesString, stringBytes } from '@chartroom/go'
import { decodeBase32, encodeBase32 } from './base32.ts'
import { decodeBase64 } from './base64.ts'
import { fixed } from './go-function.ts'

/** What cannot be decoded gives the text of the error instead. */
export const encodingFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['b64enc', fixed('string', (text: string) => base64(stringBytes(text)))],
  ['b64dec', fixed('string', (text: string) => textOrError(decodeBase64(text)))],
  ['b32enc', fixed('string', (text: string) => encodeBase32(stringBytes(text)))],
  ['b32dec', fixed('string', (text: string) => textOrError(decodeBase32(text)))],
])

function textOrError(decoded: Uint8Array | string): string {
  return typeof decoded === 'string' ? decoded : bytesString(decoded)
}
