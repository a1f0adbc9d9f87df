import { completions } from '../completions.ts'
import type { Invocation } from '../invocation.ts'

/** Answers the scripts of `chartroom completion`: the words typed so far, after `--`. */
export async function run({ args }: Invocation): Promise<void> {
  completions().parse([...args])
}
