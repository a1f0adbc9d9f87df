import type { Preparation } from '../provider.ts'

/** Repositories come into being with their first push. */
export const preparation: Preparation = {
  rule: 'any path in lower case; repositories are made by the first push',

  checkPath: () => undefined,
}
