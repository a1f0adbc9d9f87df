import { ChartroomError } from '@chartroom/errors'
import type { ProviderContext } from '../context.ts'
import type { RegistryPlace, Retention } from '../provider.ts'
import { awsError } from './aws-error.ts'
import { openEcr, openEcrPublic } from './client.ts'
import { ecrHost } from './host.ts'
import { nameIn, registryId } from './repository.ts'

export const retention: Retention = {
  policy:
    'A lifecycle policy with `countType: imageCountMoreThan` keeps the last N by the time of their push, `tagPatternList` limits it to tags such as `1.*`. It knows no semantic versions, and no more than one limit a pattern. ECR Public has none.',

  deleteTag: (context, place, imageTag) => deleteImage(context, place, { imageTag }),

  deleteManifest: (context, place, imageDigest) => deleteImage(context, place, { imageDigest }),
}

interface ImageId {
  readonly imageTag?: string
  readonly imageDigest?: string
}

interface Outcome {
  readonly failures?: readonly Failure[] | undefined
}

interface Failure {
  readonly failureCode?: string | undefined
  readonly failureReason?: string | undefined
}

async function deleteImage(context: ProviderContext, place: RegistryPlace, id: ImageId): Promise<void> {
  const [failure] = (await send(context, place, id)).failures ?? []
  if (failure === undefined || failure.failureCode === 'ImageNotFound') return
  const { failureCode = 'unknown', failureReason = 'no reason' } = failure
  throw new ChartroomError('UNSUPPORTED', `ECR keeps ${place.repository}: ${failureCode}, ${failureReason}`, {
    op: 'delete',
    origin: place.host,
    hint: 'What an index needs is removed after the index.',
  })
}

async function send(context: ProviderContext, place: RegistryPlace, id: ImageId): Promise<Outcome> {
  const parts = ecrHost(place.host)
  if (parts === undefined) return {}
  const input = { ...registryId(parts), repositoryName: nameIn(place, parts), imageIds: [id] }
  try {
    if (parts.kind === 'public') {
      const { sdk, client } = await openEcrPublic(context)
      return await client.send(new sdk.BatchDeleteImageCommand(input))
    }
    const { sdk, client } = await openEcr(context, parts)
    return await client.send(new sdk.BatchDeleteImageCommand(input))
  } catch (error) {
    throw awsError(error, { op: 'delete', host: place.host })
  }
}
