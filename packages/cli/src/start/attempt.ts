/** The result, or undefined where the disk refuses, or holds what no program of ours wrote: the cache is an extra. */
export function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof Error && ('code' in error || error instanceof SyntaxError)) return undefined
    throw error
  }
}
