import { firstSegment } from '../path.ts'
import type { Visibility } from '../provider.ts'
import { readProject } from './project.ts'

export const visibility: Visibility = {
  how: 'as its project says: public or private for all that is in it',

  async read(context, place) {
    const project = await readProject(context, place)
    if (project === undefined || project === null) return undefined
    return project.isPublic ? 'public' : 'private'
  },

  page({ scheme, host, repository }) {
    return `${scheme}://${host}/harbor/projects?name=${firstSegment(repository)}`
  },
}
