import { ChartroomError } from '@chartroom/errors'
import type { ProviderContext } from '../context.ts'
import { segmentsOf } from '../path.ts'
import type { Ensured, EnsureOptions, Preparation, RegistryPlace } from '../provider.ts'
import { awsError } from './aws-error.ts'
import type { EcrHost } from './host.ts'
import { ecrHost } from './host.ts'
import { describeRepository, makeRepository } from './repository.ts'

export const preparation: Preparation = {
  rule: 'any path; each chart has a repository of its own, which must be there before the first push, or be made by a template for creating on push',

  checkPath({ host, repository }) {
    if (ecrHost(host)?.kind === 'public') {
      return segmentsOf(repository).length > 1
        ? undefined
        : {
            problem: 'ECR Public keeps repositories below an alias',
            corrected: `${host}/ALIAS/${repository}`,
          }
    }
    if (repository.length < 2 || repository.length > 256)
      return { problem: 'ECR takes paths of 2 to 256 characters' }
    return undefined
  },

  unit: ({ repository }) => `the repository ${repository}`,

  async ensure(context, place, options) {
    const parts = ecrHost(place.host)
    if (parts === undefined) return 'unknown'
    try {
      return await ensureRepository(context, place, { parts, options })
    } catch (error) {
      throw awsError(error, { op: 'push', host: place.host })
    }
  },
}

async function ensureRepository(
  context: ProviderContext,
  place: RegistryPlace,
  { parts, options }: { readonly parts: EcrHost; readonly options: EnsureOptions },
): Promise<Ensured> {
  if (await describeRepository(context, place, parts)) return 'exists'
  if (!options.create) throw absent(place)
  if (parts.kind === 'public' && (options.immutableTags || options.scanOnPush))
    context.onWarning?.('ECR Public has neither immutable tags nor scans: the repository is made without')
  await makeRepository(context, place, { parts, options })
  return 'created'
}

function absent({ host, repository }: RegistryPlace): ChartroomError {
  return new ChartroomError('REPOSITORY_NOT_FOUND', `there is no repository ${repository} on ${host}`, {
    op: 'push',
    origin: host,
    hint: 'Pass --create-repository to have it made.',
  })
}
