// npm run bench [CLAIM...]: measures against the peers in the same run, prints the table and, for all claims,
// writes bench/RESULTS.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { ensureInstalled, root } from './install.mjs'

const claims = ['startup', 'push', 'pull', 'copy', 'index', 'registry', 'memory', 'template', 'git', 'action']

ensureInstalled()
await build()
const { installPeers } = await import('../interop/peers/install.mjs')
const missing = installPeers(({ cluster }) => cluster !== true)
if (missing.length > 0) throw new Error(`peers are missing: ${missing.join(', ')}`)
const wanted = process.argv.slice(2)
const rows = []
for (const claim of claims.filter((one) => wanted.length === 0 || wanted.includes(one))) {
  const { run } = await import(`../bench/${claim}.mjs`)
  rows.push(...(await run()))
}
const table = formatTable(rows)
process.stdout.write(`${table}\n`)
if (wanted.length === 0) writeFileSync(join(root, 'bench', 'RESULTS.md'), page(table))

function formatTable(all) {
  const head = '| work | ours | peer | times | at least | reached |\n| --- | --- | --- | --- | --- | --- |'
  return [head, ...all.map(line)].join('\n')
}

// How many times faster: of durations the peer's by ours, of rates ours by the peer's.
function line({ work, ours, theirs, peer, unit, target, more }) {
  const ratio = more ? ours / theirs : theirs / ours
  const shown = (value) => `${value >= 100 ? Math.round(value) : value.toPrecision(3)} ${unit}`
  return `| ${work} | ${shown(ours)} | ${shown(theirs)} (${peer}) | ${ratio.toFixed(2)} | ${Number(target.toFixed(2))} | ${ratio >= target ? 'yes' : 'no'} |`
}

function page(body) {
  const date = new Date().toISOString().slice(0, 10)
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}/${process.arch}`
  return `# Results

${date}, Node ${process.versions.node}, ${machine}, shared with other work. Peers: helm 4.2.4, distribution 3.1.1, crane 0.21.9,
regsync 0.11.5.
Both sides run in turn in one run, on loopback, with the same environment and without NODE_EXTRA_CA_CERTS; medians of
three rounds, of fifteen for the first two lines, of twenty-one for \`template\`. \`npm run bench\` writes this page.

${body}

${readFileSync(join(root, 'bench', 'PROFILE.md'), 'utf8')}`
}
