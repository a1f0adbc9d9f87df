import { resolve } from 'node:path'
import type { Chart } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'
import type { BudgetLimits, OutputOptions, RenderOptions } from '@chartroom/template'
import {
  formatRendered,
  nameFromTemplate,
  parseKubeVersion,
  render,
  requireInstallable,
} from '@chartroom/template'
import { nodePorts } from '@chartroom/template/node'
import type { Flags } from '../flags.ts'
import { namespaceOf, withHelmFiles } from '../helm-flags.ts'
import type { Invocation } from '../invocation.ts'
import { loadNamedChart } from '../named-chart.ts'
import type { Formatter } from '../post-renderer.ts'
import { givenValues } from '../values-flags.ts'

export async function run(given: Invocation): Promise<void> {
  const invocation = withHelmFiles(given)
  const { flags, io } = invocation
  refuseCluster(flags)
  refuseVerification(invocation)
  const { name, reference } = nameAndChart(invocation)
  const warn = (message: string): void => io.err(`Warning: ${message}\n`)
  const kubeVersion = flags.text('kube-version')
  const kube = kubeVersion === undefined ? undefined : parseKubeVersion(kubeVersion)
  const postRendering = flags.text('post-renderer') ? await postRenderer(invocation) : undefined
  const values = await givenValues(invocation)
  const chart = await namedChart(invocation, reference)
  requireInstallable(chart, warn)
  const options: RenderOptions = {
    ports: nodePorts,
    values,
    release: { name, namespace: await namespaceOf(invocation, warn), isUpgrade: flags.has('is-upgrade') },
    kubeVersion: kube,
    apiVersions: flags.list('api-versions').flatMap((versions) => versions.split(',')),
    skipSchemaValidation: flags.has('skip-schema-validation'),
    asHelm3: postRendering !== undefined,
    warn,
    limits: limitsOf(flags),
    ...(flags.has('debug') ? { onOutput: (files) => io.err(debugText(files)) } : {}),
  }
  const rendered = flags.has('enable-dns')
    ? await (await import('@chartroom/verbs')).renderAskingHosts(chart, options)
    : await render(chart, options)
  const output = outputOptions(flags)
  if (postRendering !== undefined) return io.out(await postRendering(rendered, output))
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

async function namedChart(invocation: Invocation, reference: string): Promise<Chart> {
  if (!invocation.flags.has('dependency-update')) return loadNamedChart(invocation, reference)
  const { loadUpdatedChart } = await import('../updated-chart.ts')
  return loadUpdatedChart(invocation, reference)
}

async function postRenderer(invocation: Invocation): Promise<Formatter> {
  const { postRendererOf } = await import('../post-renderer.ts')
  return postRendererOf(invocation)
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

function refuseVerification({ flags, args }: Invocation): void {
  if (!flags.has('verify')) return
  const keyring = flags.text('keyring') === undefined ? '' : ` --keyring ${flags.text('keyring')}`
  throw new ChartroomError('UNSUPPORTED', 'chartroom does not verify the provenance of charts yet', {
    hint: `Helm does: helm template ${args.join(' ')} --verify${keyring}`,
  })
}

function needsCluster(flag: string): ChartroomError {
  return new ChartroomError('UNSUPPORTED', `${flag} needs a cluster, and chartroom template asks none`, {
    hint: 'Leave it out, or use helm template for it.',
  })
}

function usage(message: string, hint: string): ChartroomError {
  return new ChartroomError('USAGE', message, { hint })
}
