import type { ProviderContext } from '../context.ts'
import type { RegistryPlace, Retention } from '../provider.ts'
import { deleteHubTag, hubTags } from './hub.ts'

export const retention: Retention = {
  policy:
    'Docker Hub has no policy that removes tags. Run `chartroom prune` on a schedule, with an access token that may delete; immutable tags stay.',

  registryDeletes: false,

  deleteTag: deleteHubTag,

  // What no tag names is cleared away by Docker Hub itself.
  async deleteManifest(context: ProviderContext, place: RegistryPlace, digest: string) {
    for (const tag of await hubTags(context, place)) {
      if (tag.digest === digest) await deleteHubTag(context, place, tag.name)
    }
  },
}
