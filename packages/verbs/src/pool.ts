/**
 * Runs `work` over all items, at most `limit` at a time, results in the order of the items.
 * The first failure stops new work; what is under way is awaited before it is thrown.
 */
export async function pool<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = Array.from({ length: items.length })
  let next = 0
  let failure: { error: unknown } | undefined
  async function worker(): Promise<void> {
    while (next < items.length && failure === undefined) {
      const index = next++
      try {
        results[index] = await work(items[index] as T, index)
      } catch (error) {
        failure ??= { error }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  if (failure !== undefined) throw failure.error
  return results
}
