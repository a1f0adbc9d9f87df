import type { Descriptor, Digest, FetchedManifest, ManifestFetcher, ReadTarget } from '@chartroom/oci'
import { digestOf, indexOf, memoryTarget, mediaTypes } from '@chartroom/oci'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { readGraph } from './read.ts'

/** A repository that makes up what it is asked for. */
function endless(
  tags: number,
  manifest: (reference: string) => FetchedManifest,
): ReadTarget & ManifestFetcher {
  return {
    ...memoryTarget(),
    async *tags() {
      for (let count = 0; count < tags; count++) yield `1.0.${count}`
    },
    async *referrers() {},
    fetchManifest: async (reference) => manifest(reference),
  }
}

function described(bytes: Uint8Array): Descriptor {
  return { mediaType: mediaTypes.ociIndex, digest: digestOf(bytes), size: bytes.length }
}

describe('reading a repository', () => {
  it('ends where there are more tags than anybody prunes', async () => {
    const empty = indexOf([])
    const target = endless(limits.prunedManifests + 1, () => ({ descriptor: described(empty), bytes: empty }))
    await expect(readGraph(target)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })

  it('ends where indexes list others without end', async () => {
    let made = 0
    const target = endless(1, (reference) => {
      const below = Array.from({ length: 5000 }, (_, at) =>
        described(new TextEncoder().encode(`${made} ${at}`)),
      )
      made += 1
      const bytes = indexOf(below)
      const digest = reference.includes(':') ? (reference as Digest) : digestOf(bytes)
      return { descriptor: { ...described(bytes), digest }, bytes }
    })
    await expect(readGraph(target)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })
})
