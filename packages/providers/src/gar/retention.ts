import { ChartroomError } from '@chartroom/errors'
import { apiError } from '../api.ts'
import type { ProviderContext } from '../context.ts'
import type { RegistryPlace, Retention } from '../provider.ts'
import { apiUrl, callArtifactRegistry } from './artifact-registry.ts'
import { garPlace, resourceName } from './place.ts'

export const retention: Retention = {
  policy:
    'Cleanup policies: `KEEP` with `mostRecentVersions.keepCount: 10` and `DELETE` with `olderThan`, by `packageNamePrefixes`. They go by time, run about once a day, and know no semantic versions. A tagged version in a repository with immutable tags stays.',

  deleteTag: (context, place, tag) => remove(context, place, `tags/${tag}`),

  // With its tags: the registry itself refuses a manifest that has any.
  deleteManifest: (context, place, digest) => remove(context, place, `versions/${digest}?force=true`),
}

async function remove(context: ProviderContext, place: RegistryPlace, what: string): Promise<void> {
  const parts = garPlace(place)
  const path =
    parts === undefined ? what : `${resourceName(parts)}/packages/${encodeURIComponent(parts.image)}/${what}`
  const answer = await callArtifactRegistry(context, place, { method: 'DELETE', path })
  if (answer === undefined) {
    throw new ChartroomError('ANONYMOUS_REFUSED', `${place.host} deletes for those who are logged in only`, {
      op: 'delete',
      origin: place.host,
      hint: `Log in: chartroom login ${place.host}`,
    })
  }
  if (answer.status === 200 || answer.status === 404) return
  throw apiError(
    answer,
    { method: 'DELETE', url: apiUrl(path) },
    'The account needs the role Artifact Registry Repository Administrator; immutable tags and what they name stay.',
  )
}
