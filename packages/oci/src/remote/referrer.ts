import { hasCode } from '@chartroom/errors'
import type { Descriptor, Digest } from '../descriptor.ts'
import { digestOf } from '../digest.ts'
import { limits } from '../limits.ts'
import { indexOf, parseManifest, referrerDescriptor } from '../manifest.ts'
import { mediaTypes } from '../media-type.ts'
import { readAll } from '../stream.ts'
import type { FetchedManifest, ReferrersFilter } from '../target.ts'
import type { Response } from '../transport/transport.ts'
import { discard } from '../transport/transport.ts'
import { nextPage } from './page.ts'
import type { Session } from './session.ts'
import { brokenAnswer, pathIn, sendIn } from './session.ts'
import { readManifest, sendManifest } from './manifest.ts'

/** Answers of registries that keep no list of referrers. */
const unsupported = [301, 302, 303, 307, 308, 400, 404, 405, 501]

/** The tag that lists a subject's referrers where the registry does not (distribution-spec, Referrers Tag Schema). */
export function referrersTag(subject: Digest): string {
  return subject.replace(':', '-')
}

export function isReferrersTag(tag: string): boolean {
  return /^(?:sha256-[0-9a-f]{64}|sha512-[0-9a-f]{128})$/.test(tag)
}

/** By the registry's list, or by the fallback tag where it keeps none. */
export async function* listReferrers(
  session: Session,
  subject: Digest,
  { artifactType, knownTags }: ReferrersFilter = {},
): AsyncGenerator<Descriptor> {
  const query = artifactType === undefined ? '' : `?${new URLSearchParams({ artifactType }).toString()}`
  const listed =
    session.referrersApi === false
      ? undefined
      : await firstPage(session, pathIn(session, 'referrers', `${subject}${query}`))
  session.referrersApi = listed !== undefined
  const all =
    listed === undefined ? await fallbackEntries(session, subject, knownTags) : furtherPages(session, listed)
  let count = 0
  for await (const referrer of all) {
    if (++count > limits.descriptors) throw brokenAnswer(session, `lists referrers of ${subject} without end`)
    // A registry that does not say it filtered may not have done so.
    if (artifactType === undefined || referrer.artifactType === artifactType) yield referrer
  }
}

/** The subject a manifest names; the bytes are parsed only where they may name one. */
export function subjectOf(bytes: Uint8Array, mediaType: string): Digest | undefined {
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('"subject"')) return undefined
  return parseManifest(bytes, mediaType).subject?.digest
}

/** Lists a pushed manifest under its subject's tag. Writers in other processes may undo it: there is no lock. */
export function addToFallback(
  session: Session,
  { subject, descriptor, bytes }: FetchedManifest & { subject: Digest },
): Promise<void> {
  const referrer = referrerDescriptor(descriptor, parseManifest(bytes, descriptor.mediaType))
  return changeFallback(session, subject, (entries) =>
    entries.some(({ digest }) => digest === referrer.digest) ? entries : [...entries, referrer],
  )
}

export function removeFromFallback(
  session: Session,
  { subject, descriptor }: { subject: Digest; descriptor: Descriptor },
): Promise<void> {
  return changeFallback(session, subject, (entries) =>
    entries.some(({ digest }) => digest === descriptor.digest)
      ? entries.filter(({ digest }) => digest !== descriptor.digest)
      : entries,
  )
}

// One after the other for one subject: each reads what the one before it wrote.
function changeFallback(
  session: Session,
  subject: Digest,
  change: (entries: readonly Descriptor[]) => readonly Descriptor[],
): Promise<void> {
  const before = session.fallbackWrites.get(subject) ?? Promise.resolve()
  const writing = before.then(async () => {
    const entries = await fallbackEntries(session, subject)
    const changed = change(entries)
    if (changed === entries) return
    const bytes = indexOf(changed)
    const descriptor = { mediaType: mediaTypes.ociIndex, digest: digestOf(bytes), size: bytes.length }
    await sendManifest(session, { descriptor, reference: referrersTag(subject), bytes })
  })
  // A write that failed is its caller's to report; the next one begins afresh.
  session.fallbackWrites.set(
    subject,
    writing.catch(() => undefined),
  )
  return writing
}

async function fallbackEntries(
  session: Session,
  subject: Digest,
  knownTags?: ReadonlySet<string>,
): Promise<readonly Descriptor[]> {
  const tag = referrersTag(subject)
  if (knownTags?.has(tag) === false) return []
  try {
    const { descriptor, bytes } = await readManifest(session, tag)
    const manifest = parseManifest(bytes, descriptor.mediaType)
    return 'manifests' in manifest ? manifest.manifests : []
  } catch (error) {
    if (hasCode(error, 'NOT_FOUND', 'REPOSITORY_NOT_FOUND')) return []
    throw error
  }
}

interface Page {
  readonly entries: readonly Descriptor[]
  readonly next: URL | undefined
}

/** Undefined where the registry keeps no such list. */
async function firstPage(session: Session, url: string): Promise<Page | undefined> {
  const response = await sendIn(session, {
    method: 'GET',
    url,
    headers: { accept: mediaTypes.ociIndex },
    ok: [200, ...unsupported],
  })
  // GHCR leads to a page of GitHub; a page for people is not the registry's list either.
  const elsewhere = response.url.origin !== session.client.base.origin
  if (response.status === 200 && !elsewhere && !/html/i.test(response.headers['content-type'] ?? ''))
    return readPage(session, response, new URL(url, session.client.base))
  discard(response.body)
  return undefined
}

async function* furtherPages(session: Session, first: Page): AsyncGenerator<Descriptor> {
  let page = first
  for (let count = 1; ; count++) {
    yield* page.entries
    if (page.next === undefined) return
    if (count >= limits.pages) throw brokenAnswer(session, 'lists referrers without end')
    const response = await sendIn(session, { method: 'GET', url: page.next, ok: [200] })
    page = await readPage(session, response, page.next)
  }
}

async function readPage(session: Session, response: Response, url: URL): Promise<Page> {
  const bytes = await readAll(response.body, limits.manifestBytes)
  const manifest = parseManifest(bytes, mediaTypes.ociIndex)
  return {
    entries: 'manifests' in manifest ? manifest.manifests : [],
    next: nextPage(response, url, session.client.base),
  }
}
