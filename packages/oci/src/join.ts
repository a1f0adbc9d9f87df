/** Chunks as one array that holds no more memory than its bytes. */
export function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks
  // A small chunk of a socket is a window on a read buffer of 64 KiB, which it would keep.
  if (chunks.length === 1 && first?.buffer.byteLength === size) return new Uint8Array(first.buffer)
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
