import { resolve } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import type { BudgetLimits, OutputOptions } from '@chartroom/template'
import {
  formatRendered,
  nameFromTemplate,
  parseKubeVersion,
  render,
  requireInstallable,
} from '@chartroom/template'
import { nodePorts } from '@chartroom/template/node'
import type { Flags } from '../flags.ts'
import type { Invocation } from '../invocation.ts'
import { loadNamedChart } from '../named-chart.ts'
import { givenValues } from '../values-flags.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { flags, io } = invocation
  refuseCluster(flags)
  const { name, reference } = nameAndChart(invocation)
  const warn = (message: string): void => io.err(`Warning: ${message}\n`)
  const kubeVersion = flags.text('kube-version')
  const kube = kubeVersion === undefined ? undefined : parseKubeVersion(kubeVersion)
  const values = await givenValues(invocation)
  const chart = await loadNamedChart(invocation, reference)
  requireInstallable(chart, warn)
  const rendered = await render(chart, {
    ports: nodePorts,
    values,
    release: { name, namespace: namespaceOf(invocation), isUpgrade: flags.has('is-upgrade') },
    kubeVersion: kube,
    apiVersions: flags.list('api-versions').flatMap((versions) => versions.split(',')),
    skipSchemaValidation: flags.has('skip-schema-validation'),
    warn,
    limits: limitsOf(flags),
    ...(flags.has('debug') ? { onOutput: (files) => io.err(debugText(files)) } : {}),
  })
  const output = outputOptions(flags)
  const folder = flags.text('output-dir')
  if (folder === undefined) return io.out(formatRendered(rendered, output))
  const { writeRendered } = await import('@chartroom/verbs')
  const written = await writeRendered(rendered, {
    ...output,
    folder: resolve(invocation.environment.cwd, folder),
    releaseName: flags.has('release-name') ? name : undefined,
  })
  io.out(`${written.map((path) => `wrote ${path}\n`).join('')}\n`)
}

function outputOptions(flags: Flags): OutputOptions {
  return {
    includeCrds: flags.has('include-crds'),
    noHooks: flags.optional('hooks') === false,
    skipTests: flags.has('skip-tests'),
    showOnly: flags.list('show-only'),
  }
}

/** What the templates gave, as they gave it. */
function debugText(files: ReadonlyMap<string, string>): string {
  return [...files].map(([path, text]) => `---\n# Source: ${path}\n${text.trimEnd()}\n`).join('')
}

function limitsOf(flags: Flags): BudgetLimits {
  const steps = flags.number('max-steps')
  const megabytes = flags.number('max-output')
  const depth = flags.number('max-depth')
  return {
    ...(steps === undefined ? {} : { steps: steps * 1_000_000 }),
    ...(megabytes === undefined ? {} : { output: megabytes * 1024 * 1024 }),
    ...(depth === undefined ? {} : { depth }),
  }
}

function namespaceOf({ flags, environment }: Invocation): string {
  return flags.text('namespace') ?? (environment.env.HELM_NAMESPACE || 'default')
}

/** The release's name and the chart, out of `[NAME] CHART`. */
function nameAndChart({ args, flags }: Invocation): { name: string; reference: string } {
  const [first = '', second] = args
  const template = flags.text('name-template')
  if (second !== undefined) {
    if (flags.has('generate-name')) throw usage('cannot set --generate-name and also specify a name', oneName)
    if (template !== undefined) throw usage('cannot set --name-template and also specify a name', oneName)
    return { name: first, reference: second }
  }
  if (template !== undefined) return { name: nameFromTemplate(template, nodePorts), reference: first }
  // helm too takes this name before it would generate one.
  return { name: 'release-name', reference: first }
}

const oneName = 'Give the name before the chart, or the flag, but not both.'

const clusterModes = new Set(['server', 'none', 'false'])

function refuseCluster(flags: Flags): void {
  const mode = flags.text('dry-run')
  if (flags.has('validate')) throw needsCluster('--validate')
  if (mode === undefined || ['client', 'unset', 'true'].includes(mode)) return
  if (clusterModes.has(mode)) throw needsCluster(`--dry-run=${mode}`)
  throw usage(`--dry-run takes client or server, not ${mode}`, 'Leave it out: a render changes nothing.')
}

function needsCluster(flag: string): ChartroomError {
  return new ChartroomError('UNSUPPORTED', `${flag} needs a cluster, and chartroom template asks none`, {
    hint: 'Leave it out, or use helm template for it.',
  })
}

function usage(message: string, hint: string): ChartroomError {
  return new ChartroomError('USAGE', message, { hint })
}
