import { randomUUID } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { asChartroomError, ChartroomError } from '@chartroom/errors'
import type { Descriptor, Digest } from '../descriptor.ts'
import { limits } from '../limits.ts'
import { parseManifest } from '../manifest.ts'
import { mediaTypes } from '../media-type.ts'

/** OCI image-spec, annotations.md: the tag of an entry of `index.json`. */
export const refName = 'org.opencontainers.image.ref.name'

/** One image layout on disk (OCI image-spec, image-layout.md). */
export interface Layout {
  readonly dir: string
  /** Changes of `index.json`, one after the other. */
  readonly write: { last: Promise<void> }
  /** Subjects of manifests, which never change. */
  readonly subjects: Map<Digest, Digest | undefined>
}

export function absent(what: string, { dir }: Layout): ChartroomError {
  return new ChartroomError('NOT_FOUND', `${what} is not in ${dir}`, {
    origin: dir,
    hint: 'Check the tag or digest.',
  })
}

/** Creates what a layout needs, or checks what is there. Throws `USAGE` for a folder of something else. */
export async function prepare(dir: string): Promise<void> {
  const marker = join(dir, 'oci-layout')
  const text = await readText(marker)
  if (text === undefined) {
    await mkdir(join(dir, 'blobs'), { recursive: true })
    await writeWhole(marker, new TextEncoder().encode('{"imageLayoutVersion":"1.0.0"}'))
  } else if (!/"imageLayoutVersion"\s*:\s*"1\./.test(text)) {
    throw new ChartroomError('USAGE', `${dir} is no OCI image layout of version 1`, {
      origin: dir,
      hint: 'Name another folder: this one holds something else.',
    })
  }
}

export async function readIndex({ dir }: Layout): Promise<readonly Descriptor[]> {
  const path = join(dir, 'index.json')
  const text = await readText(path)
  if (text === undefined) return []
  const manifest = parseManifest(new TextEncoder().encode(text), mediaTypes.ociIndex)
  return 'manifests' in manifest ? manifest.manifests : []
}

/** Reads, changes and replaces `index.json` as one step within this process. */
export function changeIndex(
  layout: Layout,
  change: (entries: readonly Descriptor[]) => readonly Descriptor[],
): Promise<void> {
  const changing = layout.write.last.then(async () => {
    const entries = await readIndex(layout)
    const changed = change(entries)
    if (changed === entries) return
    const text = JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: changed })
    await writeWhole(join(layout.dir, 'index.json'), new TextEncoder().encode(text))
  })
  // A change that failed is its caller's to report; the next one begins afresh.
  layout.write.last = changing.catch(() => undefined)
  return changing
}

/** Writes a file that appears whole or not at all. */
export async function writeWhole(path: string, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    const file = await open(temporary, 'wx')
    try {
      await writeTo(file, bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw asChartroomError(error)
  }
}

async function writeTo(file: FileHandle, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  if (bytes instanceof Uint8Array) return file.writeFile(bytes)
  for await (const chunk of bytes) await file.writeFile(chunk)
}

async function readText(path: string): Promise<string | undefined> {
  try {
    const { size } = await stat(path)
    if (size > limits.manifestBytes)
      throw new ChartroomError('LIMIT_EXCEEDED', `${path} has more than ${limits.manifestBytes} bytes`)
    return await readFile(path, 'utf8')
  } catch (error) {
    const known = asChartroomError(error)
    if (known.code === 'FILE_NOT_FOUND') return undefined
    throw known
  }
}
