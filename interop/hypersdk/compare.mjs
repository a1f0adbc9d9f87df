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

/**
 * Why a line differs: the kind of object, the line, the defect of the old chart that is mended (chart.test.ts
 * names them; `-` for none of the twelve), and a word on it. The first that fits counts.
 */
const reasons = [
  [/^(ConfigMap|Deployment)$/, /^[-+] (chunk_size|value): [\d.e+]+$/, 2, 'whole numbers stay whole'],
  [/^ConfigMap$/, /database_type/, '-', 'config.databaseType was read nowhere'],
  [
    /^Deployment$/,
    /^- (initContainers:|command:|sh|-c|\||ch(own|mod) .*|image: busybox.*|name: init-permissions|runAsUser: 0)$/,
    1,
    'no container that runs as root',
  ],
  [/^Deployment$/, /fsGroupChangePolicy/, 1, 'the volumes belong to fsGroup instead'],
  [/^Deployment$/, /seccompProfile|type: RuntimeDefault/, 9, 'restricted Pod Security asks for it'],
  [/^(Deployment|ServiceAccount)$/, /automountServiceAccountToken/, 9, 'no token, because none is used'],
  [/^Deployment$/, /name: audit|\/var\/log|emptyDir: \{\}/, 9, 'the audit log can be written'],
  [/^Deployment$/, /claimName: hypersdk-(data|exports)/, 3, 'a volume that is off is not mounted'],
  [/^Deployment$/, /[-+] image: .*:(latest|0\.2\.0)$/, 6, 'the tag of the release instead of latest'],
  [
    /^Deployment$/,
    /[-+] type: Re|[-+] type: Ro|rollingUpdate: null/,
    5,
    'pods that would fight over SQLite or a claim follow one another',
  ],
  [
    /^Deployment$/,
    /AZURE_|GCP_|GOOGLE_|gcp|hypersdk-azure|secretKeyRef|valueFrom|(key|projectId|path|items|secret|secretName):|name: mine/,
    4,
    'the credentials of Azure and Google reach the container',
  ],
  [/^Deployment$/, /optional: true/, '-', 'an existing Secret may leave the key insecure out'],
  [/^Deployment$/, /containerPort: \d+/, '-', 'the ports follow config.daemonAddr and config.metricsAddr'],
  [/^Deployment$/, /tmp-dir|mountPath: \/tmp/, '-', 'a read-only root file system has a /tmp to write to'],
  [/^NetworkPolicy$/, /./, 7, 'metrics are scraped, and clouds outside the cluster reached'],
  [/^PersistentVolumeClaim$/, /annotations:|resource-policy: keep/, 12, 'data outlives helm uninstall'],
  [/^Pod$/, /^ours alone$/, '-', 'helm test has a test'],
  [/^PrometheusRule$/, /./, '-', 'alerts of this release alone, by metrics that exist'],
  [/^Role(Binding)?$/, /^old alone$/, 9, 'rights that nothing used are gone'],
  [/^SecurityContextConstraints$/, /alone$/, 11, 'a name of its own in each namespace'],
  [/^Service$/, /^old alone$/, 6, 'no public load balancer unless asked for'],
  [/^Service$/, /nodePort/, '-', 'externalService.nodePort, which the old example set in vain'],
  [/^ServiceAccount$/, /aadpodidbinding/, '-', 'serviceAccount.labels, which the old example set in vain'],
]

const explained = reasons.map(([kinds, lines, defect, because]) => ({ kinds, lines, defect, because }))
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

// Lines that one side alone has. Comments, quotes, the checksums that follow from other lines and the release's
// namespace, which objects are put into in either case, say nothing.
function difference(left, right) {
  if (left === undefined) return ['ours alone']
  if (right === undefined) return ['old alone']
  const lines = (text) =>
    text
      .split('\n')
      .map((line) => line.trim().replace(/^- /, '').replaceAll('"', '').replaceAll("'", ''))
      .filter((line) => !/^$|^#|^checksum\/|^namespace: hypersdk$/.test(line))
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
    `# The old chart and ours

Made by \`compare.mjs\` with helm 4.2.4 against ssahani/hypersdk at bb0bf13. A line that differs with the defaults is
not repeated below for an example or a key; that ours writes the release's namespace is not listed. \`defect\` is the number of what a difference mends among the twelve
defects of the old chart that \`chart.test.ts\` names; \`-\` is for what is none of them.

| values | object | differs in | defect | because |
| --- | --- | --- | --- | --- |
`,
  )
  for (const { label, name, lines } of rows) {
    const fresh = lines.filter((line) => !known.get(name)?.has(line))
    if (label === 'defaults') known.set(name, new Set(lines))
    for (const [{ defect, because }, group] of byReason(name, fresh)) {
      const shown = group.map((line) => `\`${line.replaceAll('|', '\\|').replaceAll('`', '')}\``).join('<br>')
      process.stdout.write(`| ${label} | ${name} | ${shown} | ${defect} | ${because} |\n`)
    }
  }
}

function byReason(name, lines) {
  const groups = new Map()
  for (const line of lines) {
    const reason = reasonOf(name, line)
    groups.set(reason, [...(groups.get(reason) ?? []), line])
  }
  return groups
}

function reasonOf(name, line) {
  const kind = name.split('/')[0]
  const found = explained.find(({ kinds, lines }) => kinds.test(kind) && lines.test(line))
  if (found !== undefined) return found
  process.stderr.write(`No reason is known for ${name}: ${line}\n`)
  process.exitCode = 1
  return { defect: '?', because: '?' }
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
