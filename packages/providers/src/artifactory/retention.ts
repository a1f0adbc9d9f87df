import type { ApiAnswer } from '../api.ts'
import { apiError } from '../api.ts'
import type { RegistryPlace, Retention } from '../provider.ts'
import { apiUrl, callArtifactory } from './repository.ts'

export const retention: Retention = {
  policy:
    'A local repository has "Max Unique Tags"; cleanup policies (Enterprise) keep the last N versions of a package or remove by age. Neither knows semantic versions.',

  // A tag is a folder: with it goes its manifest, and a digest that other tags name stays in their folders.
  async deleteTag(context, place, tag) {
    const path = `/${place.repository}/${encodeURIComponent(tag)}`
    finish(await callArtifactory(context, place, { method: 'DELETE', path }), place, path)
  },
}

function finish(answer: ApiAnswer, place: RegistryPlace, path: string): void {
  if ([200, 202, 204, 404].includes(answer.status)) return
  throw apiError(
    answer,
    { method: 'DELETE', url: apiUrl(place, path) },
    'The account needs the permission to delete in this repository.',
  )
}
