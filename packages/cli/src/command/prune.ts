import { ChartroomError, printableLine } from '@chartroom/errors'
import type { PrunedRepository, Pruning, RetentionPolicy } from '@chartroom/verbs'
import { connect, planPruning, planPruningBelow, pruneError } from '@chartroom/verbs'
import { connectionOptions } from '../connection-options.ts'
import type { Flags } from '../flags.ts'
import type { Invocation } from '../invocation.ts'
import { ociArgument } from '../oci-argument.ts'
import { print } from '../output.ts'
import { pruneSummary, pruneTable } from '../prune-output.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, environment, io } = invocation
  const addresses = args.map(ociArgument)
  const connections = connect(environment, await connectionOptions(invocation, addresses[0]))
  const plan = flags.has('all') ? planPruningBelow : planPruning
  const prunings = await plan(connections, addresses, policyOf(flags))
  const planned = prunings.map((one) => one.planned)
  const summary = pruneSummary(planned)
  const asking = !flags.has('yes') && summary !== undefined && io.errIsTerminal && io.stdin.isTTY
  if (asking) await ask(invocation, planned, summary)
  else if (!flags.has('yes') || summary === undefined) return show(invocation, planned, summary)
  const results = await runAll(prunings)
  await finish(invocation, results)
}

function policyOf(flags: Flags): RetentionPolicy {
  const line = flags.text('keep-semver')
  return {
    keep: flags.number('keep'),
    keepDays: flags.number('keep-days'),
    keepSemver: line === 'major' || line === 'minor' ? line : undefined,
    match: flags.list('match'),
    exclude: flags.list('exclude'),
    now: Date.now(),
  }
}

async function show(
  invocation: Invocation,
  planned: readonly PrunedRepository[],
  summary: string | undefined,
): Promise<void> {
  await print(invocation, { repositories: planned }, () => pruneTable(planned))
  const left = summary === undefined ? 'Nothing to remove.' : `Would remove ${summary}: pass --yes to do it.`
  invocation.io.err(`${left}\n`)
}

async function ask({ io }: Invocation, planned: readonly PrunedRepository[], summary: string): Promise<void> {
  const going = planned.flatMap(({ repository, tags }) =>
    tags
      .filter(({ status }) => status === 'planned')
      .map(({ tag, reason }) => `  ${repository}:${tag}: ${reason}`),
  )
  io.err(`${going.map(printableLine).join('\n')}\n`)
  const { confirm, isCancel } = await import('@clack/prompts')
  const message = `Remove ${summary}?`
  const answer = await confirm({ message, initialValue: false, output: process.stderr })
  if (isCancel(answer) || !answer) throw new ChartroomError('ABORTED', 'nothing was removed')
}

async function runAll(prunings: readonly Pruning[]): Promise<PrunedRepository[]> {
  const results: PrunedRepository[] = []
  for (const pruning of prunings) results.push(await pruning.run())
  return results
}

async function finish(invocation: Invocation, results: readonly PrunedRepository[]): Promise<void> {
  await print(invocation, { repositories: results }, () => pruneTable(results))
  const summary = pruneSummary(results)
  if (summary !== undefined) invocation.io.err(`Removed ${summary}.\n`)
  const error = pruneError(results)
  if (error !== undefined) throw error
}
