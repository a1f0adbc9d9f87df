import { repoRemove } from '@chartroom/verbs'
import type { Invocation } from '../invocation.ts'

export async function run({ args, environment, io }: Invocation): Promise<void> {
  await repoRemove(environment, args)
  for (const name of args) io.out(`"${name}" has been removed from your repositories\n`)
}
