import type { Visibility } from '../provider.ts'

export const visibility: Visibility = {
  how: 'by permission targets: public where the anonymous user may read the repository key',
}
