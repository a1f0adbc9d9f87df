import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Chart } from '@chartroom/chart'
import { loadArchive } from '@chartroom/chart'
import { loadPath, nodePorts } from '@chartroom/chart/node'
import { ChartroomError } from '@chartroom/errors'
import type { ChartSource } from '@chartroom/verbs'
import { connect, labelled, loadRevision, parseRevision } from '@chartroom/verbs'
import { connectionFlagsOf } from './connection-options.ts'
import type { Invocation } from './invocation.ts'
import { openSources } from './source-options.ts'

/** A chart as an argument names it. */
export interface NamedSide {
  /** For messages: the argument with a word before it that tells the sides apart. */
  readonly label: string
  readonly reference: string
  /** A version or range, for a chart that is not a file. */
  readonly range: string | undefined
}

/** Loads both charts: git revisions, folders and archives, and references of registries and repositories. */
export async function loadSides(
  invocation: Invocation,
  from: NamedSide,
  to: NamedSide,
): Promise<[Chart, Chart]> {
  const remote = [from, to].filter((side) => !isLocal(invocation, side))
  requireNoRange([from, to].filter((side) => !remote.includes(side)))
  requireOneHost(invocation, remote)
  const names = remote.map(({ reference }) => reference)
  // Opened together, because a password on standard input can be read only once.
  const sources = names.length === 0 ? [] : await openSources(invocation, names)
  const load = (side: NamedSide): Promise<Chart> => {
    const source = sources[remote.indexOf(side)]
    return labelled(side.label, () =>
      source === undefined ? loadLocal(invocation, side) : loadFrom(source, side, invocation.signal),
    )
  }
  return Promise.all([load(from), load(to)])
}

function isLocal({ environment, flags }: Invocation, { reference }: NamedSide): boolean {
  if (parseRevision(reference) !== undefined) return true
  // With --repo, a bare word is a chart's name there, which no path such as ./chart can be.
  const mayBePath = flags.text('repo') === undefined || /^\.{0,2}[/\\]|^\.{1,2}$/.test(reference)
  return mayBePath && existsSync(resolve(environment.cwd, reference))
}

async function loadLocal(invocation: Invocation, { reference }: NamedSide): Promise<Chart> {
  const { environment, signal } = invocation
  const { cwd, env } = environment
  const revision = parseRevision(reference)
  if (revision === undefined) return (await loadPath(resolve(cwd, reference))).chart
  // Without the login of the command line: its dependencies may come from anywhere.
  const connections = connect(environment, connectionFlagsOf(invocation))
  return loadRevision(revision, { cwd, env, signal, connections })
}

async function loadFrom(source: ChartSource, { range }: NamedSide, signal: AbortSignal): Promise<Chart> {
  const { bytes } = await (await source.resolve(range)).archive(signal)
  return loadArchive(bytes, nodePorts)
}

/** A file has the version that it has: another one is not to be compared under its name. */
function requireNoRange(local: readonly NamedSide[]): void {
  const side = local.find(({ range }) => range !== undefined)
  if (side === undefined) return
  throw new ChartroomError('USAGE', `${side.reference} is a file, and a version was given for it`, {
    hint: 'Leave out --from-version and --to-version, or name the chart of a registry or repository.',
  })
}

/** User name and password belong to one host. */
function requireOneHost({ flags }: Invocation, remote: readonly NamedSide[]): void {
  if (flags.text('username') === undefined) return
  const hosts = new Set(remote.map(({ reference }) => reference.split('/')[2] ?? ''))
  if (hosts.size <= 1) return
  throw new ChartroomError('USAGE', '--username and --password belong to one host, and the charts have two', {
    hint: 'Store a login for each: chartroom login HOST.',
  })
}
