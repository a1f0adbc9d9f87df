import { ChartroomError } from '@chartroom/errors'
import type { ApiAnswer } from '../api.ts'
import { apiError, member, textMember } from '../api.ts'
import type { ProviderContext } from '../context.ts'
import { limits } from '../limits.ts'
import type { EnsureOptions, Preparation, RegistryPlace } from '../provider.ts'
import { apiUrl, callArtifactRegistry } from './artifact-registry.ts'
import type { GarPlace } from './place.ts'
import { garPlace, resourceName } from './place.ts'

export const preparation: Preparation = {
  rule: 'PROJECT/REPOSITORY/PATH/CHART (gcr.io: PROJECT/PATH/CHART); the repository must be there, in Docker format',

  checkPath({ host, repository }) {
    if (garPlace({ host, repository }) !== undefined) return undefined
    const chart = repository.slice(repository.lastIndexOf('/') + 1)
    const project = repository.includes('/') ? repository.slice(0, repository.lastIndexOf('/')) : 'PROJECT'
    return host.endsWith('gcr.io')
      ? { problem: `${host} keeps charts below a project`, corrected: `${host}/PROJECT/${chart}` }
      : {
          problem: 'Artifact Registry keeps charts in a repository of a project',
          corrected: `${host}/${project}/REPOSITORY/${chart}`,
        }
  },

  unit(place) {
    const parts = garPlace(place)
    return `the repository ${parts === undefined ? place.repository : resourceName(parts)}`
  },

  looksFirst: true,

  async ensure(context, place, options) {
    const parts = garPlace(place)
    if (parts === undefined || parts.location === '') return 'unknown'
    const name = resourceName(parts)
    const answer = await callArtifactRegistry(context, place, { method: 'GET', path: name })
    if (answer?.status === 200) {
      requireDocker(answer, place, name)
      return 'exists'
    }
    if (answer?.status !== 404) return 'unknown'
    if (!options.create) throw absent(place, parts)
    await create(context, place, { parts, options })
    return 'created'
  },
}

function requireDocker({ body }: ApiAnswer, { host }: RegistryPlace, name: string): void {
  const format = textMember(body, 'format')
  const mode = textMember(body, 'mode')
  const wrong =
    format !== undefined && format !== 'DOCKER'
      ? `is of the format ${format}`
      : mode === 'REMOTE_REPOSITORY' || mode === 'VIRTUAL_REPOSITORY'
        ? 'hands on what others hold'
        : undefined
  if (wrong === undefined) return
  throw new ChartroomError('UNSUPPORTED', `${name} ${wrong} and takes no charts`, {
    op: 'push',
    origin: host,
    hint: 'Publish to a standard repository in Docker format.',
  })
}

function absent({ host }: RegistryPlace, parts: GarPlace): ChartroomError {
  const { project, location, repository } = parts
  return new ChartroomError('REPOSITORY_NOT_FOUND', `there is no repository ${resourceName(parts)}`, {
    op: 'push',
    origin: host,
    hint: `Pass --create-repository, or: gcloud artifacts repositories create ${repository} --repository-format=docker --location=${location} --project=${project}`,
  })
}

interface Creation {
  readonly parts: GarPlace
  readonly options: EnsureOptions
}

async function create(
  context: ProviderContext,
  place: RegistryPlace,
  { parts, options }: Creation,
): Promise<void> {
  const { project, location, repository } = parts
  const path = `projects/${project}/locations/${location}/repositories?repositoryId=${repository}`
  const json = {
    format: 'DOCKER',
    mode: 'STANDARD_REPOSITORY',
    ...(options.immutableTags ? { dockerConfig: { immutableTags: true } } : {}),
    ...(options.scanOnPush ? { vulnerabilityScanningConfig: { enablementConfig: 'INHERITED' } } : {}),
  }
  const answer = await callArtifactRegistry(context, place, { method: 'POST', path, json })
  // Somebody else made it at the same moment.
  if (answer === undefined || answer.status === 409) return
  const url = apiUrl(path)
  if (answer.status !== 200) throw apiError(answer, { method: 'POST', url }, createHint)
  await waitFor(context, place, answer)
}

const createHint =
  'The account needs artifactregistry.repositories.create, of the role Artifact Registry Administrator.'

// Making a repository takes seconds: the answer is an operation that is asked after until it is done.
async function waitFor(context: ProviderContext, place: RegistryPlace, first: ApiAnswer): Promise<void> {
  let answer = first
  for (let poll = 1; poll <= limits.polls; poll++) {
    const failure = member(answer.body, 'error')
    if (failure !== undefined) {
      const message = textMember(failure, 'message') ?? 'no reason'
      throw new ChartroomError(
        'SERVER_ERROR',
        `Google did not make the repository: ${message.slice(0, 300)}`,
        {
          op: 'push',
          origin: place.host,
          hint: createHint,
        },
      )
    }
    const operation = textMember(answer.body, 'name')
    if (member(answer.body, 'done') === true || operation === undefined) return
    await context.transport.pause(Math.min(poll, 4))
    answer = (await callArtifactRegistry(context, place, { method: 'GET', path: operation })) ?? answer
  }
  throw new ChartroomError('TIMEOUT', 'Google is still at making the repository', {
    op: 'push',
    origin: place.host,
    hint: 'Run the same command again in a minute.',
  })
}
