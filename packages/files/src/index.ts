export { withLock } from './lock.ts'
export { isAlive } from './process.ts'
export type { NewContent } from './write-file.ts'
export { discardAbandoned, prepareDurably, writeDurably } from './write-file.ts'
