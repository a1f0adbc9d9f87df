import { deprecatedApis } from './deprecated-apis.ts'
import type { ObjectHead } from './object-head.ts'

/** Kubernetes' warning about an API that the version (`major.minor`) calls deprecated. */
export function deprecationWarning(
  { apiVersion, kind }: ObjectHead,
  kubeVersion: string,
): string | undefined {
  const api = `${apiVersion.replace(/^\/(?=[^/]*$)/, '')} ${kind}`
  const row = deprecatedApis.find(([name]) => name === api)
  if (row === undefined || isBefore(kubeVersion, row[1])) return undefined
  const [, since, removed, replacement] = row
  const until = removed === '' ? '' : `, unavailable in v${removed}+`
  return `${api} is deprecated in v${since}+${until}${replacement === '' ? '' : `; use ${replacement}`}`
}

function isBefore(version: string, other: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number)
  return major === otherMajor ? minor < otherMinor : major < otherMajor
}
