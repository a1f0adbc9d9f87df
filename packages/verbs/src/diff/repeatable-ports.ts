import { createHash } from 'node:crypto'
import type { TemplatePorts } from '@chartroom/template'
import { nodePorts } from '@chartroom/template/node'

/**
 * Ports under which one chart renders to the same text each time: the clock stands still, and `start()` gives
 * random bytes and keys from the beginning again. Renders that are to be compared share one of these. What comes out
 * of it is for comparing only: its secrets are no secrets.
 */
export interface RepeatablePorts {
  start(): TemplatePorts
}

export function repeatablePorts(now: ReturnType<TemplatePorts['now']> = nodePorts.now()): RepeatablePorts {
  const keys = new Map<string, Uint8Array>()
  const signatures = new Map<string, Uint8Array>()
  return {
    start() {
      const counts = new Map<string, number>()
      const crypto: TemplatePorts['crypto'] = {
        ...nodePorts.crypto,
        // No library makes a key from a seed: the n-th key of a kind is made once and given again.
        generateKey(kind) {
          const count = (counts.get(kind) ?? 0) + 1
          counts.set(kind, count)
          return remembered(keys, `${kind} ${count}`, () => nodePorts.crypto.generateKey(kind))
        },
        // ECDSA and DSA sign with random numbers of their own.
        sign: (key, hash, message) =>
          remembered(signatures, `${hex(key)} ${hash} ${hex(message)}`, () =>
            nodePorts.crypto.sign(key, hash, message),
          ),
      }
      return { ...nodePorts, crypto, now: () => now, randomBytes: byteSource('chartroom diff') }
    },
  }
}

function remembered(known: Map<string, Uint8Array>, name: string, make: () => Uint8Array): Uint8Array {
  const bytes = known.get(name) ?? make()
  known.set(name, bytes)
  return bytes.slice()
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/**
 * Random bytes by how many are asked for: one more password of another length changes no other one, and one more
 * of the same length only those after it.
 */
function byteSource(seed: string): TemplatePorts['randomBytes'] {
  const counts = new Map<number, number>()
  return (length) => {
    const count = counts.get(length) ?? 0
    counts.set(length, count + 1)
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length; at += 32) {
      const digest = createHash('sha256').update(`${seed} ${length} ${count} ${at}`).digest()
      bytes.set(digest.subarray(0, length - at), at)
    }
    return bytes
  }
}
