/** UTF-16 units of a text that one function makes. */
export const maxTextLength: number = 16 * 1024 * 1024

/** Elements of a list that one function makes. */
export const maxListLength: number = 4_000_000

/** Maps and lists that `deepCopy`, `deepEqual` and `merge` visit; one that is held twice counts twice. */
export const maxVisits: number = 1_000_000

/** Levels of maps and lists that `deepCopy`, `deepEqual` and `merge` descend. */
export const maxDepth: number = 500
