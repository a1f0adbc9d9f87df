import { ChartroomError } from '@chartroom/errors'
import type { ProviderContext } from '../context.ts'
import type { RegistryPlace, Retention } from '../provider.ts'
import type { PackageVersion } from './packages.ts'
import { deleteVersion, packageVersions } from './packages.ts'

export const retention: Retention = {
  policy:
    'GitHub keeps every version: there is no policy to set. Run `chartroom prune` on a schedule, with a token that has `delete:packages`. A public version with more than 5,000 downloads stays.',

  registryDeletes: false,

  async deleteTag(context, place, tag) {
    const version = await find(context, place, ({ tags }) => tags.includes(tag))
    if (version === undefined) return
    const others = version.tags.filter((one) => one !== tag)
    if (others.length > 0) throw wouldTakeAlong(others, place)
    await deleteVersion(context, place, version)
  },

  async deleteManifest(context, place, digest) {
    const version = await find(context, place, (one) => one.digest === digest)
    if (version !== undefined) await deleteVersion(context, place, version)
  },
}

async function find(
  context: ProviderContext,
  place: RegistryPlace,
  wanted: (version: PackageVersion) => boolean,
): Promise<(PackageVersion & { readonly isLast: boolean }) | undefined> {
  const versions = await packageVersions(context, place)
  const found = versions.find(wanted)
  return found === undefined ? undefined : { ...found, isLast: versions.length === 1 }
}

function wouldTakeAlong(others: readonly string[], { host }: RegistryPlace): ChartroomError {
  const message = `GitHub removes no tag alone: ${others.join(', ')} would go too`
  return new ChartroomError('UNSUPPORTED', message, {
    op: 'delete',
    origin: host,
    hint: 'Remove the whole version by its digest, or keep it.',
  })
}
