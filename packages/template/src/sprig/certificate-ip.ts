/** Go's net.ParseIP: 4 bytes for IPv4 (also inside IPv6), else 16; undefined for what is no address. */
export function parseIp(text: string): Uint8Array | undefined {
  if (!text.includes(':')) return parseIpv4(text)
  const [head = '', tail, more] = text.split('::')
  if (more !== undefined) return undefined
  const before = groups(head, tail === undefined)
  const after = tail === undefined ? [] : groups(tail, true)
  if (before === undefined || after === undefined) return undefined
  const missing = 16 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined
  const bytes = Uint8Array.from([...before, ...Array.from({ length: missing }, () => 0), ...after])
  const isIpv4 = bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff
  return isIpv4 ? bytes.subarray(12) : bytes
}

/** Four numbers without leading zeros. */
function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  const isAddress = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part))
  if (!isAddress || parts.some((part) => Number(part) > 255)) return undefined
  return Uint8Array.from(parts, Number)
}

/** The bytes of groups between colons; the last group of an address may be IPv4. */
function groups(text: string, isLast: boolean): number[] | undefined {
  if (text === '') return []
  const bytes: number[] = []
  const parts = text.split(':')
  for (const [index, part] of parts.entries()) {
    if (isLast && index === parts.length - 1 && part.includes('.')) {
      const ipv4 = parseIpv4(part)
      if (ipv4 === undefined) return undefined
      bytes.push(...ipv4)
    } else {
      if (!/^[0-9A-Fa-f]{1,4}$/.test(part)) return undefined
      const value = Number.parseInt(part, 16)
      bytes.push(value >> 8, value & 0xff)
    }
  }
  return bytes
}
