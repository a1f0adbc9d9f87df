import type { ApiAnswer } from '../api.ts'
import { apiError } from '../api.ts'
import type { ProviderContext } from '../context.ts'
import { firstSegment } from '../path.ts'
import type { RegistryPlace, Retention } from '../provider.ts'
import { apiUrl, callHarbor } from './project.ts'

export const retention: Retention = {
  policy:
    'A project has tag retention rules: "retain the most recently pushed 10 artifacts" for repositories matching `**` comes nearest. They go by time and know no versions; signatures go with their chart.',

  async deleteTag(context, place, tag) {
    const path = `${artifactsPath(place)}/${tag}/tags/${tag}`
    finish(await callHarbor(context, place, { method: 'DELETE', path }), place, path)
  },

  async deleteManifest(context: ProviderContext, place, digest) {
    const path = `${artifactsPath(place)}/${digest}`
    finish(await callHarbor(context, place, { method: 'DELETE', path }), place, path)
  },
}

// Harbor wants the slashes of a repository's name encoded twice.
function artifactsPath({ repository }: RegistryPlace): string {
  const project = firstSegment(repository)
  const name = encodeURIComponent(encodeURIComponent(repository.slice(project.length + 1)))
  return `/projects/${project}/repositories/${name}/artifacts`
}

function finish(answer: ApiAnswer, place: RegistryPlace, path: string): void {
  if (answer.status === 200 || answer.status === 404) return
  throw apiError(
    answer,
    { method: 'DELETE', url: apiUrl(place, path) },
    'The robot needs the rights artifact:delete and tag:delete; what a rule makes immutable stays.',
  )
}
