import { base64, bytesString, FunctionError, stringBytes } from '@chartroom/go'
import type { TemplatePorts } from '../ports.ts'
import { decodeBase64 } from './base64.ts'

const blockSize = 16

/** Sprig's `encryptAES`: AES-256-CBC with PKCS #7 padding; the text is base64 of the vector and the blocks. */
export function encryptAes(password: string, text: string, { crypto, randomBytes }: TemplatePorts): string {
  if (text === '') return ''
  const iv = randomBytes(blockSize)
  const encrypted = crypto.encryptAesCbc(keyOf(password), iv, padded(stringBytes(text)))
  const whole = new Uint8Array(blockSize + encrypted.length)
  whole.set(iv)
  whole.set(encrypted, blockSize)
  return base64(whole)
}

/** Sprig's `decryptAES`, which panics on what it did not make itself; the panics' texts are kept. */
export function decryptAes(password: string, text: string, { crypto }: TemplatePorts): string {
  if (text === '') return ''
  const whole = decodeBase64(text)
  if (typeof whole === 'string') throw new FunctionError(whole)
  if (whole.length < blockSize) throw tooShort(whole.length, Math.floor(text.length / 4) * 3)
  const blocks = whole.subarray(blockSize)
  if (blocks.length % blockSize !== 0) throw new FunctionError('crypto/cipher: input not full blocks')
  if (blocks.length === 0) throw new FunctionError('runtime error: index out of range [-1]')
  const plain = crypto.decryptAesCbc(keyOf(password), whole.subarray(0, blockSize), blocks)
  const length = plain.length - (plain[plain.length - 1] ?? 0)
  if (length < 0) throw new FunctionError(`runtime error: slice bounds out of range [:${length}]`)
  return bytesString(plain.subarray(0, length))
}

/** The password's first 32 bytes, filled up with zeros. */
function keyOf(password: string): Uint8Array {
  const key = new Uint8Array(32)
  key.set(stringBytes(password).subarray(0, 32))
  return key
}

function padded(text: Uint8Array): Uint8Array {
  const padding = blockSize - (text.length % blockSize)
  const blocks = new Uint8Array(text.length + padding).fill(padding)
  blocks.set(text)
  return blocks
}

/** @param capacity bytes that Go allocates for what it decodes */
function tooShort(length: number, capacity: number): FunctionError {
  const bounds = capacity < blockSize ? `[:16] with capacity ${capacity}` : `[16:${length}]`
  return new FunctionError(`runtime error: slice bounds out of range ${bounds}`)
}
