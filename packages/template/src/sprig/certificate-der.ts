import { stringBytes } from '@chartroom/go'

/** Tags of ASN.1. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** An element in DER. */
export function element(tag: number, ...parts: Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const header = [tag, ...lengthBytes(length)]
  const bytes = new Uint8Array(header.length + length)
  bytes.set(header)
  let at = header.length
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

export function sequence(...parts: Uint8Array[]): Uint8Array {
  return element(tags.sequence, ...parts)
}

export function octetString(...parts: Uint8Array[]): Uint8Array {
  return element(tags.octetString, ...parts)
}

/** @param unused bits at the end of the last byte */
export function bitString(bytes: Uint8Array, unused = 0): Uint8Array {
  return element(tags.bitString, Uint8Array.of(unused), bytes)
}

/** A non-negative integer from its big-endian bytes, in as few bytes as it needs. */
export function integer(bytes: Uint8Array): Uint8Array {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const digits = bytes.length === 0 ? Uint8Array.of(0) : bytes.subarray(start)
  const sign = (digits[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : Uint8Array.of()
  return element(tags.integer, sign, digits)
}

/** `1.2.840.113549.1.1.1` */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return element(tags.objectIdentifier, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)))
}

/** `[number]` around an element, as a constructed context-specific tag. */
export function explicit(number: number, ...parts: Uint8Array[]): Uint8Array {
  return element(0xa0 + number, ...parts)
}

/** A primitive context-specific tag. */
export function implicit(number: number, content: Uint8Array): Uint8Array {
  return element(0x80 + number, content)
}

export const derTrue: Uint8Array = element(tags.boolean, Uint8Array.of(0xff))
export const derNull: Uint8Array = element(tags.null)

/** Text as Go writes it: PrintableString where its characters allow that, else UTF8String. */
export function text(value: string): Uint8Array {
  const tag = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value) ? tags.printableString : tags.utf8String
  return element(tag, stringBytes(value))
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return [0x80 + bytes.length, ...bytes]
}

function base128(value: number): number[] {
  const digits = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    digits.unshift(0x80 + (rest % 128))
  }
  return digits
}
