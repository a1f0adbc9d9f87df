import { printable } from '@chartroom/errors'
import type { Phase } from '@chartroom/verbs'
import { choosePublication, publish } from '@chartroom/verbs'
import { connectionOptions } from '../connection-options.ts'
import type { Invocation } from '../invocation.ts'
import { printPublished } from '../publish-output.ts'
import { repositoryWishes } from '../repository-wishes.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, environment, io } = invocation
  const registries = flags.list('to').filter((to) => to.startsWith('oci://'))
  const publication = await choosePublication(environment, {
    charts: args,
    to: flags.list('to'),
    tags: flags.list('tag'),
    repoUrl: flags.text('repo-url'),
    storage: flags.text('storage'),
    force: flags.has('force'),
    mayAsk: io.errIsTerminal && !environment.env['CI'],
    wishes: repositoryWishes(invocation),
    skipLint: flags.optional('skip-lint'),
    skipTest: flags.optional('skip-test'),
    connection: await connectionOptions(invocation, registries.length === 1 ? registries[0] : undefined),
  })
  for (const warning of publication.warnings) io.err(`Warning: ${printable(warning)}\n`)
  const results = await publish(publication.charts, publication.destinations, {
    planOnly: flags.has('plan'),
    onPhase: io.fancy ? (phase) => io.err(`\u001b[2m${phaseText[phase]}\u001b[0m\n`) : undefined,
  })
  await printPublished(invocation, results)
}

const phaseText: Record<Phase, string> = {
  plan: 'comparing with what is there',
  stage: 'uploading',
  commit: 'moving tags and indexes',
  verify: 'reading back',
}
