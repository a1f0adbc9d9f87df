import { ChartroomError } from '@chartroom/errors'
import { searchRepositories } from '@chartroom/verbs'
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, environment } = invocation
  const found = await searchRepositories(environment, {
    keyword: args[0],
    regexp: flags.has('regexp'),
    allVersions: flags.has('versions'),
    range: flags.text('version') ?? (flags.has('devel') ? '>0.0.0-0' : undefined),
  })
  if (found.length === 0 && flags.has('fail-on-no-result'))
    throw new ChartroomError('NOT_FOUND', 'no results found')
  await print(invocation, found, () =>
    found.length === 0
      ? 'No results found'
      : {
          head: ['NAME', 'CHART VERSION', 'APP VERSION', 'DESCRIPTION'],
          rows: found.map((one) => [one.name, one.version, one.app_version, one.description]),
        },
  )
}
