import { ChartroomError, printableLine } from '@chartroom/errors'
import { parseKubeVersion } from '@chartroom/template'
import type { CompareOptions, ObjectDifference } from '@chartroom/verbs'
import { compareCharts, differenceCounts, formatDifferences } from '@chartroom/verbs'
import type { NamedSide } from '../compared-charts.ts'
import { loadSides } from '../compared-charts.ts'
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'
import { valuesReader } from '../values-flags.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, io } = invocation
  const options = optionsOf(invocation)
  const [first = '', second = first] = args
  if (args.length === 1) requireTwoSides(invocation, first)
  const from = side(invocation, first, 'from')
  const to = side(invocation, second, 'to')
  const readValues = valuesReader(invocation)
  const oldValues = await readValues(flags.list('from-values'))
  const newValues = await readValues(flags.list('to-values'))
  const [oldChart, newChart] = await loadSides(invocation, from, to)
  const differences = await compareCharts(
    { label: from.label, chart: oldChart, values: oldValues },
    { label: to.label, chart: newChart, values: newValues },
    options,
  )
  const charts = { from: described(oldChart), to: described(newChart) }
  await report(invocation, charts, differences)
  const { added, removed, changed } = differenceCounts(differences)
  const summary = `${added} added, ${removed} removed, ${changed} changed`
  if (differences.length === 0 || !flags.has('exit-code')) return io.err(`${summary}\n`)
  throw new ChartroomError('DIFFERENT', summary)
}

/** One chart with one set of values has nothing to differ in, which nobody means to ask for. */
function requireTwoSides({ flags }: Invocation, reference: string): void {
  const lists = [...flags.list('from-values'), ...flags.list('to-values')]
  if (lists.length > 0 || ['from-version', 'to-version'].some((name) => flags.text(name) !== undefined))
    return
  throw new ChartroomError('USAGE', `nothing was given to compare ${reference} with`, {
    hint: 'Name a second chart, or give --to-values FILE: -f and --set hold for both sides.',
  })
}

function side({ flags }: Invocation, reference: string, word: 'from' | 'to'): NamedSide {
  return { label: `${word} ${reference}`, reference, range: flags.text(`${word}-version`) }
}

function optionsOf({ flags, environment, io }: Invocation): CompareOptions {
  const kubeVersion = flags.text('kube-version')
  return {
    releaseName: flags.text('release'),
    namespace: flags.text('namespace') ?? (environment.env['HELM_NAMESPACE'] || 'default'),
    kubeVersion: kubeVersion === undefined ? undefined : parseKubeVersion(kubeVersion),
    apiVersions: flags.list('api-versions').flatMap((versions) => versions.split(',')),
    isUpgrade: flags.has('is-upgrade'),
    skipSchemaValidation: flags.has('skip-schema-validation'),
    skipCrds: flags.has('skip-crds'),
    noHooks: flags.optional('hooks') === false,
    skipTests: flags.has('skip-tests'),
    ignoredLabels: flags.list('ignore-label'),
    showSecrets: flags.has('show-secrets'),
    onWarning: (message) => io.err(`Warning: ${printableLine(message)}\n`),
  }
}

interface DescribedChart {
  readonly name: string
  readonly version: string
}

function described({ metadata: { name, version } }: { readonly metadata: DescribedChart }): DescribedChart {
  return { name, version }
}

async function report(
  invocation: Invocation,
  charts: Readonly<Record<'from' | 'to', DescribedChart>>,
  differences: readonly ObjectDifference[],
): Promise<void> {
  const { flags, io, environment } = invocation
  if (flags.text('output') === 'markdown') {
    io.out(formatDifferences(differences, { format: 'markdown' }))
    return
  }
  const { NO_COLOR: plain, TERM: terminal } = environment.env
  const colour = io.outIsTerminal && !plain && terminal !== 'dumb'
  const value = { ...charts, ...differenceCounts(differences), differences }
  await print(invocation, value, () => formatDifferences(differences, { format: 'text', colour }))
}
