import type { Entry } from '../ledger.ts'
import type { Answer, Service } from '../message.ts'
import { json, jsonOf, textOf } from '../message.ts'
import { signerOf } from './signature.ts'
import type { Aws, EcrRegistry, EcrRepository, Principal } from './world.ts'
import { createRepository, issuePassword, region } from './world.ts'

type Input = Readonly<Record<string, unknown>>

interface Context {
  readonly aws: Aws
  readonly registry: EcrRegistry
  readonly principal: Principal
}

/** api.ecr.REGION.amazonaws.com, and the same for public registries (JSON 1.1). */
export function apiService(aws: Aws, kind: 'private' | 'public'): Service {
  const prefix = kind === 'private' ? 'AmazonEC2ContainerRegistry_V20150921.' : 'SpencerFrontendService.'
  const service = kind === 'private' ? 'ecr' : 'ecr-public'
  return async (call) => {
    const signer = await signerOf(call, aws.principals, { region, service })
    if (typeof signer === 'string') return failure(signer, 'The request cannot be authenticated.')
    const target = String(call.headers['x-amz-target'])
    if (!target.startsWith(prefix)) return failure('UnknownOperationException', target)
    const context = { aws, registry: aws[kind], principal: signer }
    return operate(context, target.slice(prefix.length), await jsonOf(call))
  }
}

async function operate(context: Context, name: string, input: Input): Promise<Answer> {
  const { principal, registry } = context
  const right = rights[name]
  if (right === undefined) return failure('UnknownOperationException', name)
  if (!principal.rights.includes(right)) {
    const words = `User: ${principal.arn} is not authorized to perform: ecr:${name} because no identity-based policy allows the ecr:${name} action`
    return failure('AccessDeniedException', words)
  }
  if (name === 'GetAuthorizationToken') return authorizationToken(context)
  const repository = textOf(input, 'repositoryName') ?? ''
  if (name === 'CreateRepository') return create(registry, repository, input)
  if (name === 'DescribeRepositories') return describeRepositories(registry, input)
  const found = registry.repositories.get(repository)
  if (found === undefined) return absent(registry, repository)
  return inRepository(context, { name, input, repository, found })
}

const rights: Readonly<Record<string, Principal['rights'][number]>> = {
  GetAuthorizationToken: 'login',
  CreateRepository: 'create',
  DescribeRepositories: 'pull',
  DescribeImages: 'pull',
  ListImages: 'pull',
  BatchDeleteImage: 'delete',
  PutImageTagMutability: 'create',
  PutLifecyclePolicy: 'create',
  GetLifecyclePolicy: 'pull',
}

interface Operation {
  readonly name: string
  readonly input: Input
  readonly repository: string
  readonly found: EcrRepository
}

async function inRepository(context: Context, operation: Operation): Promise<Answer> {
  const { registry } = context
  const { name, input, repository, found } = operation
  const entries = registry.core.ledger.entries(registry.prefix + repository)
  switch (name) {
    case 'DescribeImages':
      return json(200, {
        imageDetails: [...entries].reverse().map((entry) => detail(entry, registry, repository)),
      })
    case 'ListImages':
      return json(200, {
        imageIds: entries.flatMap(({ digest, tags }) =>
          tags.map((imageTag) => ({ imageDigest: digest, imageTag })),
        ),
      })
    case 'BatchDeleteImage':
      return deleteImages(registry, repository, input)
    case 'PutImageTagMutability':
      found.tagMutability = input['imageTagMutability'] === 'IMMUTABLE' ? 'IMMUTABLE' : 'MUTABLE'
      return json(200, {
        registryId: registry.account,
        repositoryName: repository,
        imageTagMutability: found.tagMutability,
      })
    case 'PutLifecyclePolicy':
      found.lifecyclePolicy = textOf(input, 'lifecyclePolicyText') ?? ''
      return json(200, {
        registryId: registry.account,
        repositoryName: repository,
        lifecyclePolicyText: found.lifecyclePolicy,
      })
    default:
      return found.lifecyclePolicy === undefined
        ? failure('LifecyclePolicyNotFoundException', 'Lifecycle policy does not exist')
        : json(200, { lifecyclePolicyText: found.lifecyclePolicy })
  }
}

// The private registries answer with a list, the public one with an object.
function authorizationToken({ aws, registry, principal }: Context): Answer {
  const { password, expiresAt } = issuePassword(aws, principal)
  const data = {
    authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'),
    expiresAt: expiresAt / 1000,
  }
  if (registry.prefix !== '') return json(200, { authorizationData: data })
  return json(200, { authorizationData: [{ ...data, proxyEndpoint: `https://${registry.host}` }] })
}

function create(registry: EcrRegistry, name: string, input: Input): Answer {
  if (registry.repositories.has(name)) {
    const words = `The repository with name '${name}' already exists in the registry with id '${registry.account}'`
    return failure('RepositoryAlreadyExistsException', words)
  }
  const scanning = input['imageScanningConfiguration'] as { scanOnPush?: boolean } | undefined
  const made = createRepository(registry, name, {
    tagMutability: input['imageTagMutability'] === 'IMMUTABLE' ? 'IMMUTABLE' : 'MUTABLE',
    scanOnPush: scanning?.scanOnPush === true,
  })
  return json(200, { repository: describe(registry, name, made) })
}

function describeRepositories(registry: EcrRegistry, input: Input): Answer {
  const named = input['repositoryNames']
  const names = Array.isArray(named) ? named.map(String) : [...registry.repositories.keys()]
  const missing = names.find((name) => !registry.repositories.has(name))
  if (missing !== undefined) return absent(registry, missing)
  const repositories = [...registry.repositories].filter(([name]) => names.includes(name))
  return json(200, { repositories: repositories.map(([name, found]) => describe(registry, name, found)) })
}

function describe(registry: EcrRegistry, name: string, found: EcrRepository): object {
  return {
    repositoryArn: `arn:aws:ecr:${region}:${registry.account}:repository/${name}`,
    registryId: registry.account,
    repositoryName: name,
    repositoryUri: `${registry.host}/${registry.prefix}${name}`,
    createdAt: found.createdAt / 1000,
    imageTagMutability: found.tagMutability,
    imageScanningConfiguration: { scanOnPush: found.scanOnPush },
    encryptionConfiguration: { encryptionType: 'AES256' },
  }
}

function detail(entry: Entry, { account }: EcrRegistry, repositoryName: string): object {
  return {
    registryId: account,
    repositoryName,
    imageDigest: entry.digest,
    imageTags: entry.tags,
    imageSizeInBytes: entry.totalSize,
    imagePushedAt: entry.pushedAt / 1000,
    imageManifestMediaType: entry.mediaType,
    artifactMediaType: entry.artifactType,
    imageStatus: 'ACTIVE',
    ...(entry.subject === undefined ? {} : { subjectManifestDigest: entry.subject }),
  }
}

async function deleteImages(registry: EcrRegistry, repository: string, input: Input): Promise<Answer> {
  const wanted = (Array.isArray(input['imageIds']) ? input['imageIds'] : []) as ImageId[]
  const imageIds: ImageId[] = []
  const failures: object[] = []
  const path = registry.prefix + repository
  for (const imageId of wanted.slice(0, 100)) {
    const entry = registry.core.ledger.find(path, imageId.imageTag ?? imageId.imageDigest ?? '')
    if (entry === undefined) {
      failures.push({ imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' })
      continue
    }
    // A tag alone is taken away; with the last one goes the image.
    const whole = imageId.imageTag === undefined || entry.tags.length === 1
    imageIds.push({ imageDigest: entry.digest, ...imageId })
    await registry.core.remove(path, whole ? entry.digest : (imageId.imageTag ?? ''))
  }
  return json(200, { imageIds, failures })
}

interface ImageId {
  readonly imageTag?: string
  readonly imageDigest?: string
}

function absent({ account }: EcrRegistry, name: string): Answer {
  const words = `The repository with name '${name}' does not exist in the registry with id '${account}'`
  return failure('RepositoryNotFoundException', words)
}

function failure(type: string, message: string): Answer {
  return json(
    400,
    { __type: type, message },
    { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': type },
  )
}
