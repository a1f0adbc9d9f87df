const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Go's `base64.StdEncoding` of bytes. */
export function base64(bytes: Uint8Array): string {
  let text = ''
  let at = 0
  for (; at + 2 < bytes.length; at += 3) {
    text += group(((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0), 4)
  }
  const rest = bytes.length - at
  if (rest === 1) text += `${group((bytes[at] ?? 0) << 16, 2)}==`
  if (rest === 2) text += `${group(((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8), 3)}=`
  return text
}

/** The first characters of 24 bits, six bits each. */
function group(bits: number, count: number): string {
  let text = ''
  for (let shift = 18; shift > 18 - 6 * count; shift -= 6) text += alphabet[(bits >> shift) & 63] ?? ''
  return text
}
