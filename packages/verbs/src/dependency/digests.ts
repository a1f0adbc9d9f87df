import type { ArchiveDigest, Dependency } from '@chartroom/chart'
import { archiveDigestsFile } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'
import { originOf, shownRepository } from './origin.ts'
import type { FetchedDependency } from './report.ts'

/** Whether its archive comes from elsewhere; what `file://` and `charts/` hold is kept with the chart's own source. */
function isRemote(dependency: Pick<Dependency, 'repository'>): boolean {
  const origin = originOf(dependency)
  return origin === 'registry' || origin === 'repository'
}

/** The digest that is recorded for a locked dependency. */
export function recordedFor(
  recorded: readonly ArchiveDigest[],
  { name, version, repository }: Pick<Dependency, 'name' | 'version' | 'repository'>,
): ArchiveDigest | undefined {
  const where = shownRepository(repository)
  return recorded.find((one) => one.name === name && one.version === version && one.repository === where)
}

/** Throws `VERIFICATION_FAILED` where a locked archive from elsewhere has no recorded digest. */
export function requireRecorded(recorded: readonly ArchiveDigest[], locked: readonly Dependency[]): void {
  const missing = locked
    .filter((one) => isRemote(one) && recordedFor(recorded, one) === undefined)
    .map(({ name, version = '' }) => `${name} ${version}`)
  if (missing.length === 0) return
  throw new ChartroomError(
    'VERIFICATION_FAILED',
    `${archiveDigestsFile} has no digest of ${missing.join(', ')}`,
    { hint: 'Record what the lock names: chartroom dependency update.' },
  )
}

/** Throws `DIGEST_MISMATCH` for an archive that is not the recorded one. */
export function requireDigest(recorded: ArchiveDigest, digest: string): void {
  if (recorded.digest === digest) return
  const { name, version, repository } = recorded
  throw new ChartroomError(
    'DIGEST_MISMATCH',
    `${name} ${version} of ${repository} is ${digest}; ${archiveDigestsFile} says ${recorded.digest}`,
    {
      hint: 'The archive was replaced under its version: find out why, and only then run chartroom dependency update.',
    },
  )
}

/** What Chart.digests.yaml is to say of these: each archive from elsewhere, once. */
export function digestsOf(dependencies: readonly FetchedDependency[]): ArchiveDigest[] {
  const digests: ArchiveDigest[] = []
  for (const one of dependencies) {
    const { name, version, repository, digest, manifestDigest } = one
    if (!isRemote(one) || digest === undefined || recordedFor(digests, one) !== undefined) continue
    digests.push({ name, version, repository, digest, manifestDigest })
  }
  return digests
}
