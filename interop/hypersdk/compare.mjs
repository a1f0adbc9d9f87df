// Renders a checkout of the old chart and ours with the same values and lists every difference by object:
//   node interop/hypersdk/compare.mjs OLD_CHART_FOLDER > interop/hypersdk/DIFFERENCES.md
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { peersFolder } from '../peers/folder.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const ours = join(here, '..', '..', 'deployments', 'helm', 'hypersdk')
const old = process.argv[2]
const helm = join(peersFolder, 'helm-4.2.4', 'helm')

/** Which of the twelve known defects of the old chart a difference mends; chart.test.ts names them. */
const reasons = [
  [/^(Role|RoleBinding)\//, '9: rights without a use are gone'],
  [/^Service\/.*-external/, '6: no second Service unless asked for'],
  [/^NetworkPolicy\//, '7: metrics and clouds are let through'],
  [/^PersistentVolumeClaim\//, '12: claims are kept'],
  [/^SecurityContextConstraints\//, '11: a name of its own in each namespace'],
  [/^Route\//, '8: certificates as blocks of text'],
  [/^Secret\//, '10: no empty Secrets; the same keys'],
  [/^ConfigMap\//, '2: whole numbers stay whole'],
  [
    /^Deployment\//,
    '1, 2, 3, 4, 5, 6, 9: no root container, whole numbers, volumes, credentials, strategy, image tag, seccomp',
  ],
  [/^ServiceAccount\//, '9: a token only where it is used'],
  [/^(ServiceMonitor|PrometheusRule)\//, '11: where the API is not there, it is left out on a cluster'],
  [/^Pod\//, 'new: helm test'],
]

const keys = await loadKeys()
const work = mkdtempSync(join(tmpdir(), 'chartroom-compare-'))
const rows = []
compare('defaults', {})
for (const name of readdirSync(join(here, 'old-values')))
  compareFile(`old example ${name}`, join(here, 'old-values', name))
for (const { path, value, with: companions } of keys) compare(`key ${path}`, { ...companions, [path]: value })
rmSync(work, { recursive: true })
print()

function compare(label, settings) {
  const file = join(work, 'values.json')
  writeFileSync(file, JSON.stringify(nested(settings)))
  compareFile(label, file)
}

function compareFile(label, file) {
  const [left, right] = [render(old, file), render(ours, file)]
  if (left.error || right.error) {
    rows.push({
      label,
      name: '(render)',
      lines: [`old: ${left.error ?? 'renders'}`, `ours: ${right.error ?? 'renders'}`],
    })
    return
  }
  for (const name of [...new Set([...left.objects.keys(), ...right.objects.keys()])].sort()) {
    const lines = difference(left.objects.get(name), right.objects.get(name))
    if (lines.length > 0) rows.push({ label, name, lines })
  }
}

function render(chart, file) {
  const env = { ...process.env, HELM_CACHE_HOME: work, HELM_CONFIG_HOME: work, HELM_DATA_HOME: work }
  const args = ['template', 'hypersdk', chart, '--namespace', 'hypersdk', '-f', file]
  const { status, stdout, stderr } = spawnSync(helm, args, { env, encoding: 'utf8' })
  return status === 0
    ? { objects: objects(stdout) }
    : {
        error:
          stderr.split('\n').find((line) => line.includes('error calling fail')) ?? stderr.split('\n')[0],
      }
}

function objects(text) {
  const found = new Map()
  for (const document of text.split(/^---\n/m)) {
    const kind = /^kind: (.+)$/m.exec(document)?.[1]
    const name = /^ {2}name: "?([^"\n]+)"?$/m.exec(document)?.[1]
    if (kind && name) found.set(`${kind}/${name}`, document)
  }
  return found
}

// Lines that one side alone has; comments, quotes and the checksums that follow from other lines say nothing.
function difference(left, right) {
  if (left === undefined) return ['ours alone']
  if (right === undefined) return ['old alone']
  const lines = (text) =>
    text
      .split('\n')
      .map((line) => line.trim().replace(/^- /, '').replaceAll('"', '').replaceAll("'", ''))
      .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('checksum/'))
  const [a, b] = [lines(left), lines(right)]
  return [
    ...a.filter((line) => !b.includes(line)).map((line) => `- ${line}`),
    ...b.filter((line) => !a.includes(line)).map((line) => `+ ${line}`),
  ]
}

// A difference that the defaults show already is not said again for each key.
function print() {
  const known = new Map()
  process.stdout.write(
    '# The old chart and ours\n\nMade by `compare.mjs` with helm 4.2.4 against ssahani/hypersdk at bb0bf13. A line that differs with the defaults is\nnot repeated below for an example or a key. Numbers are those of the defects that a difference mends.\n\n',
  )
  process.stdout.write('| values | object | differs in | because |\n| --- | --- | --- | --- |\n')
  for (const { label, name, lines } of rows) {
    const fresh = lines.filter((line) => !known.get(name)?.has(line))
    if (label === 'defaults') known.set(name, new Set(lines))
    if (fresh.length === 0) continue
    const reason =
      reasons.find(([pattern]) => pattern.test(name))?.[1] ??
      (name === '(render)' ? '10: refused with a sentence' : '')
    const shown = fresh.map((line) => `\`${line.replaceAll('|', '\\|').replaceAll('`', '')}\``).join('<br>')
    process.stdout.write(`| ${label} | ${name} | ${shown} | ${reason} |\n`)
  }
}

function nested(settings) {
  const root = {}
  for (const [path, value] of Object.entries(settings)) {
    const parts = path.split(/(?<!\\)\./).map((part) => part.replaceAll('\\.', '.'))
    let map = root
    for (const part of parts.slice(0, -1)) map = map[part] ??= {}
    map[parts.at(-1)] = value
  }
  return root
}

async function loadKeys() {
  const { rolldown } = await import('rolldown')
  const bundle = await rolldown({ input: join(here, 'keys.ts') })
  const { output } = await bundle.generate({ format: 'esm' })
  await bundle.close()
  return (await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`)).keys
}
