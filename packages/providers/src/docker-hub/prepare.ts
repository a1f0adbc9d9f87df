import { segmentsOf } from '../path.ts'
import type { Preparation } from '../provider.ts'

export const preparation: Preparation = {
  rule: 'NAMESPACE/CHART, one level and no more; the namespace is a user or an organisation',

  checkPath({ host, repository }) {
    const segments = segmentsOf(repository)
    const [namespace = '', chart = segments.at(-1) ?? ''] = [segments[0], segments.at(-1)]
    if (segments.length === 1)
      return { problem: 'Docker Hub keeps charts below a namespace', corrected: `${host}/NAMESPACE/${chart}` }
    if (segments.length > 2)
      return {
        problem: 'Docker Hub has one level of names below a namespace',
        corrected: `${host}/${namespace}/${chart}`,
      }
    return undefined
  },
}
