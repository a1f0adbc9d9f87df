import { ChartroomError } from '@chartroom/errors'
import { apiError, textMember } from '../api.ts'
import { segmentsOf } from '../path.ts'
import type { Preparation, RegistryPlace } from '../provider.ts'
import { apiUrl, callArtifactory, keyOf } from './repository.ts'

/** Kinds of repositories that take OCI artifacts. */
const kinds = ['helmoci', 'oci', 'docker']

export const preparation: Preparation = {
  rule: 'KEY/PATH/CHART of any depth; the key is that of a local or virtual repository of kind Helm OCI, OCI or Docker',

  checkPath({ host, repository }) {
    if (segmentsOf(repository).length > 1) return undefined
    return {
      problem: 'Artifactory keeps charts below a repository key',
      corrected: `${host}/KEY/${repository}`,
    }
  },

  unit: (place) => `the repository ${keyOf(place)}`,

  looksFirst: true,

  async ensure(context, place, { create, immutableTags, scanOnPush }) {
    const key = keyOf(place)
    const path = `/api/repositories/${encodeURIComponent(key)}`
    const answer = await callArtifactory(context, place, { method: 'GET', path })
    if (answer.status === 200) {
      requireKind(textMember(answer.body, 'packageType'), textMember(answer.body, 'rclass'), place)
      return 'exists'
    }
    // Artifactory says 400 for a key that is not there.
    if (answer.status !== 404 && answer.status !== 400) return 'unknown'
    if (!create) throw absent(key, place)
    if (immutableTags || scanOnPush)
      context.onWarning?.(
        `${place.host}: Artifactory sets neither immutable tags nor scans with a repository: permissions and Xray do`,
      )
    const json = { key, rclass: 'local', packageType: 'helmoci' }
    const made = await callArtifactory(context, place, { method: 'PUT', path, json })
    if (made.status === 200 || made.status === 201) return 'created'
    throw apiError(
      made,
      { method: 'PUT', url: apiUrl(place, path) },
      'Only an administrator may make repositories: ask one.',
    )
  },
}

function requireKind(kind: string | undefined, rclass: string | undefined, place: RegistryPlace): void {
  const wrong =
    kind !== undefined && !kinds.includes(kind.toLowerCase())
      ? `is of kind ${kind}`
      : rclass === 'remote'
        ? 'mirrors another registry'
        : undefined
  if (wrong === undefined) return
  throw new ChartroomError(
    'UNSUPPORTED',
    `the repository ${keyOf(place)} on ${place.host} ${wrong} and takes no charts`,
    {
      op: 'push',
      origin: place.host,
      hint: 'Publish to a local or virtual repository of kind Helm OCI, OCI or Docker.',
    },
  )
}

function absent(key: string, { host }: RegistryPlace): ChartroomError {
  return new ChartroomError('REPOSITORY_NOT_FOUND', `there is no repository ${key} on ${host}`, {
    op: 'push',
    origin: host,
    hint: 'Make it in Artifactory, or pass --create-repository.',
  })
}
