import type { Digest } from '../descriptor.ts'
import type { FetchedManifest, PushOptions } from '../target.ts'
import { deleteReference, readManifest, sendManifest } from './manifest.ts'
import { addToFallback, removeFromFallback, subjectOf } from './referrer.ts'
import type { Session } from './session.ts'

/** Puts a manifest under a tag or its digest, and lists it under its subject where the registry does not. */
export async function putManifest(
  session: Session,
  manifest: FetchedManifest & { reference: string },
  options?: PushOptions,
): Promise<void> {
  const listed = await sendManifest(session, manifest, options)
  if (listed) session.referrersApi ??= true
  const subject = subjectOf(manifest.bytes, manifest.descriptor.mediaType)
  if (subject !== undefined && !listed && session.referrersApi !== true)
    await addToFallback(session, { ...manifest, subject })
}

/** Removes a manifest, and its entry under its subject where the registry does not do that. */
export async function deleteManifest(session: Session, digest: Digest): Promise<void> {
  const { descriptor, bytes } = await readManifest(session, digest)
  await deleteReference(session, digest)
  const subject = subjectOf(bytes, descriptor.mediaType)
  if (subject !== undefined && session.referrersApi !== true)
    await removeFromFallback(session, { subject, descriptor })
}
