import { compareVersions, formatVersion, parseVersion } from '@chartroom/go'

/** Whether the second version comes after the first. Build metadata alone makes no new version. */
export function isHigher(before: string, after: string): boolean {
  const [old, young] = [parseVersion(before), parseVersion(after)]
  // Nothing comes before what is no version.
  if (old === undefined) return true
  return young !== undefined && compareVersions(young, old) > 0
}

/** The least change to a version: the next patch, or the release that a pre-release leads to. */
export function nextVersion(text: string): string | undefined {
  const version = parseVersion(text)
  if (version === undefined) return undefined
  const patch = version.prerelease === '' ? version.patch + 1n : version.patch
  return formatVersion({ ...version, patch, prerelease: '', metadata: '' })
}
