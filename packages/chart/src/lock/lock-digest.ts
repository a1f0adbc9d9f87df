import { formatJson, GoStruct } from '@chartroom/go'
import type { Dependency } from '../metadata/metadata.ts'
import { dependencyStruct } from '../metadata/write-metadata.ts'
import type { ChartPorts } from '../ports.ts'

type Hash = Pick<ChartPorts, 'sha256'>

/**
 * The digest of a lock file: over what Chart.yaml declares, aliases of repositories replaced by their URLs, and
 * what was chosen for it. Null stands for an absent list, which Go tells from an empty one.
 */
export function lockDigest(
  declared: readonly Dependency[] | null,
  locked: readonly Dependency[] | null,
  { sha256 }: Hash,
): string {
  return digest(formatJson([structs(declared), structs(locked)]), sha256)
}

/** The digest that Helm 2 wrote: over the declarations as they stand in requirements.yaml. */
export function helm2LockDigest(declared: readonly Dependency[] | null, { sha256 }: Hash): string {
  return digest(formatJson(new GoStruct([['dependencies', structs(declared)]])), sha256)
}

function structs(dependencies: readonly Dependency[] | null): GoStruct[] | null {
  return dependencies === null ? null : dependencies.map(dependencyStruct)
}

function digest(json: string, sha256: Hash['sha256']): string {
  return `sha256:${sha256(new TextEncoder().encode(json))}`
}
