import { resolve } from 'node:path'
import { printableLine } from '@chartroom/errors'
import { indexFolder } from '@chartroom/repository/node'
import type { Invocation } from '../invocation.ts'

export async function run({ args, flags, environment, io }: Invocation): Promise<void> {
  const [folder = '.'] = args
  const merge = flags.text('merge')
  const index = await indexFolder(resolve(environment.cwd, folder), {
    url: flags.text('url'),
    merge: merge === undefined ? undefined : resolve(environment.cwd, merge),
    json: flags.has('json'),
  })
  for (const warning of index.warnings) io.err(`Warning: ${printableLine(warning)}\n`)
}
