/** How many pulls a registry lets through in a time, as it says itself. */
export interface PullLimit {
  readonly limit: number
  readonly remaining: number
  readonly windowSeconds: number | undefined
}

/** `ratelimit-limit: 100;w=21600` and `ratelimit-remaining` of Docker Hub; undefined where it sets no limit. */
export function pullLimitIn(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): PullLimit | undefined {
  const [limit, windowSeconds] = numbersIn(headers['ratelimit-limit'])
  const [remaining] = numbersIn(headers['ratelimit-remaining'])
  if (limit === undefined || remaining === undefined) return undefined
  return { limit, remaining, windowSeconds }
}

function numbersIn(header: string | string[] | undefined): [number | undefined, number | undefined] {
  const [, first, window] = /^(\d{1,9})(?:;w=(\d{1,9}))?/.exec(String(header ?? '')) ?? []
  return [first === undefined ? undefined : Number(first), window === undefined ? undefined : Number(window)]
}
