import { firstSegment } from '../path.ts'
import type { Visibility } from '../provider.ts'
import { gitHubOf } from './github.ts'
import { packageVisibility } from './packages.ts'

export const visibility: Visibility = {
  how: 'private at first; a package is made public on its settings page, and by no program',

  async read(context, place) {
    const found = await packageVisibility(context, place)
    if (found === undefined) return undefined
    return found === 'public' ? 'public' : 'private'
  },

  page({ host, repository }) {
    const owner = firstSegment(repository)
    const name = encodeURIComponent(repository.slice(owner.length + 1))
    return `https://${gitHubOf(host)}/users/${owner}/packages/container/${name}/settings`
  },
}
