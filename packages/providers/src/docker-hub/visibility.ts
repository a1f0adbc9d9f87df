import { member } from '../api.ts'
import { segmentsOf } from '../path.ts'
import type { Visibility } from '../provider.ts'
import { callHub } from './hub.ts'

export const visibility: Visibility = {
  how: "as the namespace's default says; changed in the repository's settings",

  async read(context, place) {
    const answer = await callHub(context, place, {
      method: 'GET',
      path: `/v2/repositories/${place.repository}/`,
    })
    const isPrivate = answer.status === 200 ? member(answer.body, 'is_private') : undefined
    if (typeof isPrivate !== 'boolean') return undefined
    return isPrivate ? 'private' : 'public'
  },

  page({ repository }) {
    const [namespace, name] = segmentsOf(repository)
    return `https://hub.docker.com/repository/docker/${namespace}/${name}/settings`
  },
}
