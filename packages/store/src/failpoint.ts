/** Called with a step's name before and after it; a test build ends the process there. Never throws, never waits. */
export type Failpoint = (name: string) => void

/** What a normal build runs with: nothing happens. */
export function noFailpoint(): void {}

/** The steps of one durable write, in order; a failpoint's name is `<kind>:<step>`. */
export const writeSteps = [
  'before-write',
  'after-write',
  'before-sync',
  'after-sync',
  'before-rename',
  'after-rename',
  'before-folder-sync',
  'after-folder-sync',
] as const

/** What is written: content, its media type in a repository, a tag, a referrer, a repository's right to a blob. */
export const writeKinds = ['blob', 'manifest', 'tag', 'referrer', 'member'] as const

/** The steps of a removal, named `remove:<step>`. */
export const removeSteps = [
  'before-unlink',
  'after-unlink',
  'before-folder-sync',
  'after-folder-sync',
] as const

export type WriteKind = (typeof writeKinds)[number]

/** For a test build only: kills this process, as `kill -9` would, at `NAME` or at the n-th passing of `NAME@n`. */
export function killingFailpoint(env: Readonly<Record<string, string | undefined>>): Failpoint {
  const [wanted, count = '1'] = (env['CHARTROOM_FAILPOINT'] ?? '').split('@')
  let left = Number(count)
  return (name) => {
    if (name !== wanted) return
    left -= 1
    if (left === 0) process.kill(process.pid, 'SIGKILL')
  }
}
