import type { ProviderContext } from '../context.ts'
import type { EnsureOptions, RegistryPlace } from '../provider.ts'
import { openEcr, openEcrPublic } from './client.ts'
import type { EcrHost } from './host.ts'

/** Whether the repository of a chart is there. Throws the SDK's errors. */
export async function describeRepository(
  context: ProviderContext,
  place: RegistryPlace,
  parts: EcrHost,
): Promise<boolean> {
  const names = { repositoryNames: [nameIn(place, parts)], ...registryId(parts) }
  try {
    if (parts.kind === 'public') {
      const { sdk, client } = await openEcrPublic(context)
      await client.send(new sdk.DescribeRepositoriesCommand(names))
    } else {
      const { sdk, client } = await openEcr(context, parts)
      await client.send(new sdk.DescribeRepositoriesCommand(names))
    }
    return true
  } catch (error) {
    if (isNamed(error, 'RepositoryNotFoundException')) return false
    throw error
  }
}

/** Makes it; somebody else may have done so at the same moment. */
export async function makeRepository(
  context: ProviderContext,
  place: RegistryPlace,
  { parts, options }: { readonly parts: EcrHost; readonly options: EnsureOptions },
): Promise<void> {
  const repositoryName = nameIn(place, parts)
  try {
    if (parts.kind === 'public') {
      const { sdk, client } = await openEcrPublic(context)
      await client.send(new sdk.CreateRepositoryCommand({ repositoryName }))
      return
    }
    const { sdk, client } = await openEcr(context, parts)
    await client.send(
      new sdk.CreateRepositoryCommand({
        ...registryId(parts),
        repositoryName,
        imageTagMutability: options.immutableTags ? 'IMMUTABLE' : 'MUTABLE',
        imageScanningConfiguration: { scanOnPush: options.scanOnPush },
      }),
    )
  } catch (error) {
    if (!isNamed(error, 'RepositoryAlreadyExistsException')) throw error
  }
}

/** The name that AWS's interface knows: in ECR Public without the alias before it. */
export function nameIn({ repository }: RegistryPlace, { kind }: EcrHost): string {
  return kind === 'public' ? repository.slice(repository.indexOf('/') + 1) : repository
}

/** The account, where the address names a real one. */
export function registryId(parts: EcrHost): { registryId?: string } {
  return parts.kind === 'private' && parts.account.length === 12 ? { registryId: parts.account } : {}
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name
}
