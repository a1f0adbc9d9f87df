import { loadChart } from '@chartroom/chart'
import { nodePorts as chartPorts } from '@chartroom/chart/node'
import type { Value, ValueMap } from '@chartroom/go'
import {
  FunctionError,
  formatJson,
  formatYaml,
  goInt,
  parseConstraint,
  parseVersion,
  parseYaml,
  sprintf,
  stringBytes,
  utc,
} from '@chartroom/go'
import { capabilities } from '../src/helm/capabilities/capabilities.ts'
import { defaultKubeVersion, parseKubeVersion } from '../src/helm/capabilities/kube-version.ts'
import { chartTree } from '../src/helm/chart-node.ts'
import { processEnabled } from '../src/helm/dependencies/enabled.ts'
import { processImports } from '../src/helm/dependencies/import-values.ts'
import { renderTemplates } from '../src/helm/engine.ts'
import { validateTree } from '../src/helm/schema/validate-tree.ts'
import { renderables } from '../src/helm/scope.ts'
import { ChartValues } from '../src/helm/values/chart-values.ts'
import { coalesceValues } from '../src/helm/values/coalesce.ts'
import { mergeGivenValues } from '../src/helm/values/given-values.ts'
import { nodePorts } from '../src/node/index.ts'
import type { TemplatePorts } from '../src/ports.ts'
import { sprigFunctions } from '../src/sprig/index.ts'
import { Budget } from '../src/text/budget.ts'
import { TemplateError } from '../src/text/error.ts'
import { TemplateSet } from '../src/text/template-set.ts'
import type { Answer, GoldenCase } from './golden-case.ts'
import { typedValue } from './typed-value.ts'

/** The oracle runs in UTC. */
const ports: TemplatePorts = {
  now: () => nodePorts.now(),
  randomBytes: (length) => nodePorts.randomBytes(length),
  crypto: nodePorts.crypto,
  zones: { local: { ...utc }, find: (name) => nodePorts.zones.find(name) },
}
const functions = sprigFunctions(ports)
const steps = 1_000_000

/** What we say to a question to the oracle. */
export function ourAnswer(asked: GoldenCase): Answer {
  try {
    if (asked.engine === 'fmt')
      return { out: sprintf(asked.format ?? '', (asked.args ?? []).map(typedValue)) }
    if (asked.engine === 'yaml') return { out: readYaml(asked.template ?? '') }
    if (asked.engine === 'constraint') return { out: checks(asked) }
    return asked.engine === 'text' ? { out: runText(asked) } : runHelm(asked)
  } catch (error) {
    return { error: textOf(error, asked) }
  }
}

/** Go's text: our message may say more, and has no control characters. */
function textOf(error: unknown, { engine }: GoldenCase): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof TemplateError) return error.text
  const isInside = engine === 'constraint' || engine === 'yaml'
  return isInside && error.cause instanceof FunctionError ? error.cause.message : error.message
}

/** A document as JSON, and as YAML again. */
function readYaml(text: string): string {
  const value = parseYaml(text)
  return `${formatJson(value)}\n${formatYaml(value)}`
}

/** One character a version: 1 where the constraint holds it. */
function checks({ template = '', versions = [] }: GoldenCase): string {
  const constraint = parseConstraint(template)
  const marks = versions.map((text) => {
    const version = parseVersion(text)
    return version === undefined ? '-' : constraint.check(version) ? '1' : '0'
  })
  return marks.join('')
}

function runText({ template = '', templates = {}, values = null, missingkey }: GoldenCase): string {
  const set = new TemplateSet(functions, { name: 't' })
  for (const [name, text] of Object.entries(templates).sort(([a], [b]) => (a < b ? -1 : 1)))
    set.add(name, text)
  const main = set.add('t', template)
  return set.execute(main, typedValue(values), {
    missingKey: missingkey ?? 'default',
    budget: new Budget({ steps }),
  })
}

function runHelm(asked: GoldenCase): Answer {
  const files: Record<string, string> = { 'Chart.yaml': head, ...asked.files }
  if (asked.template !== '' || asked.all !== true) files['templates/t.yaml'] = asked.template ?? ''
  const names = Object.keys(files).sort()
  const chart = loadChart(
    names.map((name) => ({ name, data: stringBytes(files[name] ?? '') })),
    chartPorts,
  )
  const given = givenValues(asked)
  const node = chartTree(chart)
  const warn = () => undefined
  processEnabled(node, given, { warn, path: '' })
  processImports(node, warn)
  const kube =
    asked.kube === undefined || asked.kube === '' ? defaultKubeVersion : parseKubeVersion(asked.kube)
  const values = coalesceValues(node, given, { merge: false, warn })
  validateTree(node, values)
  const context = {
    values: new ChartValues(values),
    release: release(asked),
    capabilities: capabilities(kube, asked.apiVersions ?? []),
  }
  const outs = renderTemplates(renderables(node, context), {
    ports,
    budget: new Budget({ steps }),
    strict: asked.strict,
    lint: asked.lint === true ? () => undefined : undefined,
  })
  if (asked.all !== true) return { out: outs.get(`${chart.metadata.name}/templates/t.yaml`) ?? '' }
  return { outs: Object.fromEntries([...outs].sort(([a], [b]) => (a < b ? -1 : 1))) }
}

const head = 'apiVersion: v2\nname: c\nversion: 0.1.0\n'

/** Lines of --set change the values in place, as they do those of files. */
function givenValues({ values = {}, set }: GoldenCase): ValueMap {
  if (set !== undefined)
    return mergeGivenValues({ files: [{ name: 'values', text: JSON.stringify(values) }], set })
  const typed = typedValue(values)
  return typed instanceof Map ? typed : new Map()
}

function release({ release: given }: GoldenCase): ValueMap {
  const isUpgrade = given?.isUpgrade === true
  return new Map<string, Value>([
    ['Name', given?.name ?? 'release-name'],
    ['Namespace', given?.namespace ?? 'default'],
    ['IsUpgrade', isUpgrade],
    ['IsInstall', !isUpgrade],
    ['Revision', goInt(given?.revision ?? 1)],
    ['Service', 'Helm'],
  ])
}
