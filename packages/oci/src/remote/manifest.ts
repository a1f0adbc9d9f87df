import { ChartroomError } from '@chartroom/errors'
import { contentOf } from '../content.ts'
import type { Descriptor, Digest } from '../descriptor.ts'
import { algorithmOf, digestOf, isDigest, verifyBytes, wrongDigest } from '../digest.ts'
import { limits } from '../limits.ts'
import { isManifestType, manifestMediaTypes, mediaTypes } from '../media-type.ts'
import { readAll } from '../stream.ts'
import type { FetchedManifest, FetchOptions, PushOptions } from '../target.ts'
import type { Response } from '../transport/transport.ts'
import { discard } from '../transport/transport.ts'
import type { Session } from './session.ts'
import { pathIn, sendIn } from './session.ts'

const accept = manifestMediaTypes.join(', ')

/** By HEAD; the digest is the registry's word, and is checked when the bytes come. */
export async function resolveManifest(session: Session, reference: string): Promise<Descriptor> {
  const response = await sendIn(session, {
    method: 'HEAD',
    url: pathIn(session, 'manifests', reference),
    headers: { accept },
    ok: [200],
  })
  discard(response.body)
  const digest = digestIn(response) ?? (isDigest(reference) ? reference : undefined)
  const length = response.headers['content-length']
  const mediaType = typeIn(response)
  const size = Number(length)
  if (
    digest === undefined ||
    length === undefined ||
    !Number.isSafeInteger(size) ||
    !isManifestType(mediaType)
  )
    return (await readManifest(session, reference)).descriptor
  if (isDigest(reference) && digest !== reference) throw wrongDigest(reference, digest)
  return { mediaType, digest, size }
}

export async function manifestExists(session: Session, { digest }: Descriptor): Promise<boolean> {
  const response = await sendIn(session, {
    method: 'HEAD',
    url: pathIn(session, 'manifests', digest),
    headers: { accept },
    actions: 'pull,push',
    ok: [200, 404],
  })
  discard(response.body)
  return response.status === 200
}

/** The bytes behind a tag or digest, their digest computed here; a digest asked for always wins. */
export async function readManifest(
  session: Session,
  reference: string,
  { signal }: FetchOptions = {},
): Promise<FetchedManifest> {
  const response = await sendIn(session, {
    method: 'GET',
    url: pathIn(session, 'manifests', reference),
    headers: { accept },
    signal,
    ok: [200],
  })
  const bytes = await readBounded(response)
  const wanted = isDigest(reference) ? reference : digestIn(response)
  const digest = digestOf(bytes, wanted === undefined ? 'sha256' : algorithmOf(wanted))
  if (wanted !== undefined && digest !== wanted) throw wrongDigest(wanted, digest)
  return { descriptor: { mediaType: typeOf(response, bytes), digest, size: bytes.length }, bytes }
}

/** The bytes of a descriptor, verified. */
export async function fetchManifestBytes(
  session: Session,
  wanted: Descriptor,
  options: FetchOptions,
): Promise<Uint8Array> {
  if (wanted.size > limits.manifestBytes) throw tooLarge(wanted.digest)
  const { bytes } = await readManifest(session, wanted.digest, options)
  verifyBytes(bytes, wanted)
  return bytes
}

/** One PUT under a tag or the digest. True when the registry lists it under its subject by itself. */
export async function sendManifest(
  session: Session,
  { descriptor, reference, bytes }: FetchedManifest & { reference: string },
  options: PushOptions = {},
): Promise<boolean> {
  verifyBytes(bytes, descriptor)
  const response = await sendIn(session, {
    method: 'PUT',
    url: pathIn(session, 'manifests', reference),
    headers: { 'content-type': descriptor.mediaType },
    body: contentOf(bytes),
    bodySize: bytes.length,
    actions: 'pull,push',
    signal: options.signal,
    onProgress: options.onProgress,
    ok: [200, 201, 202],
  })
  discard(response.body)
  const stored = digestIn(response) ?? descriptor.digest
  if (algorithmOf(stored) === algorithmOf(descriptor.digest) && stored !== descriptor.digest)
    throw wrongDigest(descriptor.digest, stored)
  return response.headers['oci-subject'] !== undefined
}

/** Removes a manifest with its tags by its digest, or one tag. */
export async function deleteReference(session: Session, reference: string): Promise<void> {
  const response = await sendIn(session, {
    method: 'DELETE',
    url: pathIn(session, 'manifests', reference),
    actions: 'delete,pull',
    ok: [200, 202, 204],
  })
  discard(response.body)
}

async function readBounded(response: Response): Promise<Uint8Array> {
  const length = response.headers['content-length']
  if (Number(length ?? 0) > limits.manifestBytes) {
    discard(response.body)
    throw tooLarge(response.url.pathname)
  }
  return readAll(response.body, limits.manifestBytes)
}

function digestIn({ headers }: Response): Digest | undefined {
  const text = headers['docker-content-digest']
  return typeof text === 'string' && isDigest(text) ? text : undefined
}

function typeIn({ headers }: Response): string {
  return headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

// A registry that names no type of a manifest leaves it to the manifest's own word, or its shape.
function typeOf(response: Response, bytes: Uint8Array): string {
  const header = typeIn(response)
  if (isManifestType(header)) return header
  const generic = ['', 'application/json', mediaTypes.octets, 'text/plain'].includes(header)
  const body = generic ? parseOrNothing(bytes) : undefined
  if (typeof body === 'object' && body !== null) {
    if ('mediaType' in body && typeof body.mediaType === 'string' && isManifestType(body.mediaType))
      return body.mediaType
    if (!('mediaType' in body) && 'manifests' in body) return mediaTypes.ociIndex
    if (!('mediaType' in body) && 'layers' in body) return mediaTypes.ociManifest
  }
  throw new ChartroomError(
    'MANIFEST_INVALID',
    `${response.url.host}${response.url.pathname} came as ${header === '' ? 'no type' : header}, which is no manifest`,
    {
      origin: response.url.host,
      hint: 'Check that the address is a registry, and that the content is a chart or another OCI artifact.',
    },
  )
}

function parseOrNothing(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function tooLarge(what: string): ChartroomError {
  return new ChartroomError(
    'LIMIT_EXCEEDED',
    `the manifest ${what} has more than ${limits.manifestBytes} bytes`,
    {
      hint: 'No manifest of a chart is that large: the content is something else, or hostile.',
    },
  )
}
