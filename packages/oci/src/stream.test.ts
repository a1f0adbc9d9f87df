import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@chartroom/testkit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentOf, digestOf, fileContent, readAll, readContent, verifyStream } from './index.ts'
import type { Digest } from './index.ts'

const bytes = new TextEncoder().encode('hello, chart')
const mediaType = 'application/octet-stream'
const descriptor = { mediaType, digest: digestOf(bytes), size: bytes.length }

async function* inParts(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield new TextEncoder().encode(part)
}

describe('a verified stream', () => {
  it('passes what has the right size and digest', async () => {
    expect(await readAll(verifyStream(inParts('hello', ', ', 'chart'), descriptor), 100)).toEqual(bytes)
  })

  it('knows sha512', async () => {
    const digest = digestOf(bytes, 'sha512')
    expect(await readAll(verifyStream(inParts('hello, chart'), { ...descriptor, digest }), 100)).toEqual(
      bytes,
    )
  })

  it.each([
    [['hello', ', ', 'chort'], 'DIGEST_MISMATCH'],
    [['hello', ', ', 'chart!'], 'SIZE_MISMATCH'],
    [['hello', ', '], 'SIZE_MISMATCH'],
    [[], 'SIZE_MISMATCH'],
  ])('withholds the end of %j', async (parts, code) => {
    const seen: string[] = []
    const read = async (): Promise<void> => {
      for await (const chunk of verifyStream(inParts(...parts), descriptor))
        seen.push(new TextDecoder().decode(chunk))
    }
    await expect(read()).rejects.toMatchObject({ code })
    expect(seen.join('').length).toBeLessThan(bytes.length)
    expect(seen).not.toContain(parts.at(-1))
  })

  it('is empty for empty content', async () => {
    const empty = { mediaType, digest: digestOf(new Uint8Array()), size: 0 }
    expect(await readAll(verifyStream(inParts(), empty), 0)).toEqual(new Uint8Array())
  })

  it('finds every flipped bit, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        async (data, position, step) => {
          const changed = data.slice()
          const at = position % data.length
          changed[at] = (changed[at] ?? 0) ^ 1
          async function* cut(): AsyncGenerator<Uint8Array> {
            for (let i = 0; i < changed.length; i += step) yield changed.subarray(i, i + step)
          }
          const wanted = { mediaType, digest: digestOf(data), size: data.length }
          await expect(readAll(verifyStream(cut(), wanted), 100)).rejects.toMatchObject({
            code: 'DIGEST_MISMATCH',
          })
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('content', () => {
  it('opens again, also in the middle', async () => {
    const path = join(temporaryFolder(), 'file')
    writeFileSync(path, bytes)
    for (const content of [contentOf(bytes), fileContent(path)]) {
      expect(Buffer.from(await readAll(content.open(), 100)).toString()).toBe('hello, chart')
      expect(Buffer.from(await readAll(content.open(7), 100)).toString()).toBe('chart')
    }
  })

  it('is refused beyond a limit', async () => {
    await expect(readAll(inParts('abc', 'def'), 5)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    await expect(readContent(contentOf(bytes), 5)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })

  it('has the digest of the specification', () => {
    const empty: Digest = 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
    expect(digestOf(new TextEncoder().encode('{}'))).toBe(empty)
  })
})
