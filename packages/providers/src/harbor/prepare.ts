import { ChartroomError } from '@chartroom/errors'
import type { ApiAnswer } from '../api.ts'
import { apiError } from '../api.ts'
import type { ProviderContext } from '../context.ts'
import { firstSegment, segmentsOf } from '../path.ts'
import type { Ensured, EnsureOptions, Preparation, RegistryPlace } from '../provider.ts'
import { apiUrl, callHarbor, createProject, readProject } from './project.ts'

export const preparation: Preparation = {
  rule: 'PROJECT/PATH/CHART of any depth; the project must be there before the first push',

  checkPath({ host, repository }) {
    if (segmentsOf(repository).length > 1) return undefined
    return { problem: 'Harbor keeps repositories in projects', corrected: `${host}/PROJECT/${repository}` }
  },

  unit: ({ repository }) => `the project ${firstSegment(repository)}`,

  looksFirst: true,

  async ensure(context, place, options) {
    const project = await readProject(context, place)
    // Who is no administrator may not be told whether there is one, and may be allowed to make it all the same.
    if (project === undefined && !options.create) return 'unknown'
    if (project === undefined || project === null) return create(context, place, options)
    if (project.isProxyCache) throw proxyCache(place)
    return 'exists'
  },
}

async function create(
  context: ProviderContext,
  place: RegistryPlace,
  options: EnsureOptions,
): Promise<Ensured> {
  const name = firstSegment(place.repository)
  if (!options.create) {
    throw new ChartroomError('REPOSITORY_NOT_FOUND', `there is no project ${name} on ${place.host}`, {
      op: 'push',
      origin: place.host,
      hint: 'Make it in Harbor, or pass --create-repository.',
    })
  }
  const made = await createProject(context, place, options)
  if (made.status === 409) return 'exists'
  require201(made, place, '/projects')
  if (options.immutableTags) {
    const path = `/projects/${name}/immutabletagrules`
    require201(await callHarbor(context, place, { method: 'POST', path, json: allTags }), place, path)
  }
  return 'created'
}

function require201(answer: ApiAnswer, place: RegistryPlace, path: string): void {
  if (answer.status === 201) return
  throw apiError(
    answer,
    { method: 'POST', url: apiUrl(place, path) },
    `Ask an administrator of ${place.host} to make the project ${firstSegment(place.repository)}.`,
  )
}

/** A rule that keeps every tag of every repository from moving. */
const allTags = {
  action: 'immutable',
  template: 'immutable_template',
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
}

function proxyCache({ host, repository }: RegistryPlace): ChartroomError {
  const name = firstSegment(repository)
  return new ChartroomError(
    'UNSUPPORTED',
    `the project ${name} on ${host} mirrors another registry and takes no pushes`,
    {
      op: 'push',
      origin: host,
      hint: 'Publish to another project.',
    },
  )
}
