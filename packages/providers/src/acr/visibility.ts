import type { Visibility } from '../provider.ts'

export const visibility: Visibility = {
  how: 'private; public as a whole registry alone: az acr update --name NAME --anonymous-pull-enabled',
}
