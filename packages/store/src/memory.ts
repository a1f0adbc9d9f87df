import type { Digest } from '@chartroom/oci'

/** Content by digest, the least recently used going first. Says nothing about who may read it. */
export interface Memory {
  get(digest: Digest): Uint8Array | undefined
  put(digest: Digest, bytes: Uint8Array): void
}

export function createMemory({ totalBytes, itemBytes }: { totalBytes: number; itemBytes: number }): Memory {
  const items = new Map<Digest, Uint8Array>()
  let held = 0

  function drop(digest: Digest): void {
    const bytes = items.get(digest)
    if (bytes === undefined) return
    items.delete(digest)
    held -= bytes.length
  }

  return {
    get(digest) {
      const bytes = items.get(digest)
      if (bytes === undefined) return undefined
      items.delete(digest)
      items.set(digest, bytes)
      return bytes
    },
    put(digest, bytes) {
      if (bytes.length > itemBytes) return
      drop(digest)
      items.set(digest, bytes)
      held += bytes.length
      for (const oldest of items.keys()) {
        if (held <= totalBytes) return
        drop(oldest)
      }
    },
  }
}
