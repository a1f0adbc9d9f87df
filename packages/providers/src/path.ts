/** The segments of a repository path. */
export function segmentsOf(repository: string): string[] {
  return repository.split('/')
}

/** What stands before the first slash. */
export function firstSegment(repository: string): string {
  return repository.split('/', 1)[0] ?? ''
}
