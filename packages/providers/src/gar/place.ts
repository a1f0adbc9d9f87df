import type { RegistryPlace } from '../provider.ts'
import { segmentsOf } from '../path.ts'

/** What a path in Artifact Registry names, as its interface spells it. */
export interface GarPlace {
  /** `my-project`, or `example.com:my-project`. */
  readonly project: string
  /** `europe-west1`, `us`. */
  readonly location: string
  readonly repository: string
  /** Slashes in it stay slashes; the interface wants them encoded. */
  readonly image: string
}

/** Undefined for a path that is too short. */
export function garPlace({
  host,
  repository: path,
}: Pick<RegistryPlace, 'host' | 'repository'>): GarPlace | undefined {
  const [first = '', ...rest] = segmentsOf(path)
  // A project of a domain has it before its name.
  const isDomain = first.includes('.')
  const project = isDomain ? `${first}:${rest[0] ?? ''}` : first
  const below = isDomain ? rest.slice(1) : rest
  const legacy = legacyRepository(host)
  if (legacy !== undefined)
    return below.length < 1 ? undefined : { project, ...legacy, image: below.join('/') }
  const [repository = '', ...image] = below
  if (image.length < 1) return undefined
  return { project, location: locationOf(host), repository, image: image.join('/') }
}

/** The name of the repository in Google's interfaces. */
export function resourceName({ project, location, repository }: GarPlace): string {
  return `projects/${project}/locations/${location}/repositories/${repository}`
}

function locationOf(host: string): string {
  return /^(?:docker\.)?([a-z0-9-]+?)(?:-docker\.pkg\.dev|\.rep\.pkg\.dev)$/.exec(host)?.[1] ?? ''
}

/** Where the hosts of the old Container Registry keep their content now. */
function legacyRepository(host: string): { location: string; repository: string } | undefined {
  const locations: Readonly<Record<string, string>> = {
    'gcr.io': 'us',
    'us.gcr.io': 'us',
    'eu.gcr.io': 'europe',
    'asia.gcr.io': 'asia',
  }
  const location = locations[host]
  return location === undefined ? undefined : { location, repository: host }
}
