import { relative } from 'node:path'
import type { LintedChart } from '@chartroom/check'
import { githubReport, isBad, sarifReport, summary, textReport } from '@chartroom/check'
import { ChartroomError } from '@chartroom/errors'
import type { Environment } from '@chartroom/verbs'
import { chartPaths, findProject, lintCharts } from '@chartroom/verbs'
import packageJson from '../../package.json' with { type: 'json' }
import { namespaceOf } from '../helm-flags.ts'
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'
import { givenValues } from '../values-flags.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, environment, io } = invocation
  const charts = await lintCharts(
    {
      paths: args.length > 0 ? args : await projectPaths(environment),
      values: await givenValues(invocation),
      namespace: await namespaceOf(invocation, (message) => io.err(`Warning: ${message}\n`)),
      kubeVersion: flags.text('kube-version'),
      skipSchemaValidation: flags.has('skip-schema-validation'),
      strict: flags.has('strict'),
      withSubcharts: flags.has('with-subcharts'),
      onWarning: (message) => io.err(`Note: ${message}\n`),
    },
    environment.cwd,
  )
  await report(invocation, charts)
  if (!charts.some(({ failed }) => failed)) return
  throw new ChartroomError('CHART_INVALID', summary(charts), {
    hint: 'Each [ERROR] says what to mend; with --strict each [WARNING] too.',
  })
}

/** The charts of `chartroom.yaml`, as one would name them here. */
async function projectPaths(environment: Environment): Promise<string[]> {
  const paths = await chartPaths([], environment, await findProject(environment.cwd))
  return paths.map((path) => relative(environment.cwd, path) || '.')
}

async function report(invocation: Invocation, charts: readonly LintedChart[]): Promise<void> {
  const { flags, io } = invocation
  const quiet = flags.has('quiet')
  const shown = quiet ? charts.map(withoutNotes) : charts
  const format = flags.text('output')
  if (format === 'sarif') {
    io.out(`${JSON.stringify(sarifReport(shown, packageJson.version), null, 2)}\n`)
  } else if (format === 'github') {
    io.out(githubReport(shown))
  } else {
    await print(invocation, asJson(shown), () => table(charts, quiet))
  }
}

function withoutNotes(chart: LintedChart): LintedChart {
  return { ...chart, findings: chart.findings.filter(({ severity }) => severity !== 'info') }
}

/** As helm: the last line only when nothing failed, because the error says the same. */
function table(charts: readonly LintedChart[], quiet: boolean): string {
  const text = textReport(charts, quiet)
  const isSummed = !charts.some(({ failed }) => failed) && (!quiet || charts.some(isBad))
  return isSummed ? `${text}${summary(charts)}\n` : text
}

function asJson(charts: readonly LintedChart[]): object {
  return {
    charts: charts.map(({ path, failed, unreadable, findings }) => ({ path, failed, unreadable, findings })),
  }
}
