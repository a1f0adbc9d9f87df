import { member } from '../api.ts'
import type { Visibility } from '../provider.ts'
import { callArtifactRegistry } from './artifact-registry.ts'
import { garPlace, resourceName } from './place.ts'

export const visibility: Visibility = {
  how: 'private; public where allUsers have the role Artifact Registry Reader on the repository',

  async read(context, place) {
    const parts = garPlace(place)
    if (parts === undefined) return undefined
    const path = `${resourceName(parts)}:getIamPolicy`
    const answer = await callArtifactRegistry(context, place, { method: 'GET', path })
    if (answer?.status !== 200) return undefined
    const bindings = [member(answer.body, 'bindings')].flat()
    const isPublic = bindings.some((binding) => [member(binding, 'members')].flat().includes('allUsers'))
    return isPublic ? 'public' : 'private'
  },

  page(place) {
    const parts = garPlace(place)
    if (parts === undefined) return undefined
    const { project, location, repository } = parts
    return `https://console.cloud.google.com/artifacts/docker/${project}/${location}/${repository}`
  },
}
