export type ObjectChange = 'added' | 'removed' | 'changed'

/** One object that is not the same in two renders. */
export interface ObjectDifference {
  readonly change: ObjectChange
  /** On the new side, or on the only one there is. Empty for what names none, as the fields below. */
  readonly apiVersion: string
  /** Where the object has moved to another API version. */
  readonly oldApiVersion?: string
  readonly kind: string
  readonly namespace?: string
  /** `generateName` for an object without a name. */
  readonly name: string
  /** The file that gave it, from the folder of the chart on. */
  readonly path: string
  /** Unified diff of the object's YAML, without heads of files. */
  readonly diff: string
}

/** How many objects are of each kind of change: `2 added, 1 removed, 3 changed`. */
export function differenceCounts(differences: readonly ObjectDifference[]): Record<ObjectChange, number> {
  const counts = { added: 0, removed: 0, changed: 0 }
  for (const { change } of differences) counts[change] += 1
  return counts
}
