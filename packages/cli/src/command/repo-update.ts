import { printableLine } from '@chartroom/errors'
import { connect, repoUpdate } from '@chartroom/verbs'
import type { Invocation } from '../invocation.ts'

export async function run({ args, environment, io }: Invocation): Promise<void> {
  const updated = await repoUpdate(connect(environment, {}), args)
  for (const { name, url, charts, warnings, error } of updated) {
    if (error === undefined) io.out(`"${name}": ${charts} chart${charts === 1 ? '' : 's'} from ${url}\n`)
    else io.err(`"${name}": ${printableLine(error.message)} (${error.code})\n`)
    for (const warning of warnings) io.err(`Warning: "${name}": ${printableLine(warning)}\n`)
  }
  const failed = updated.find(({ error }) => error !== undefined)
  if (failed?.error !== undefined) throw failed.error
}
