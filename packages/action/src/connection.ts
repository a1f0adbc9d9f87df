import type { ConnectionOptions } from '@chartroom/verbs'
import type { Action } from './action.ts'

/** How registries are reached: by what the environment and chartroom.yaml say, and no flag. */
export function connectionOf({ journal }: Action): ConnectionOptions {
  return { onWarning: (message) => journal.annotate('warning', message) }
}
