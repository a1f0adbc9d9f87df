// npm run requirements: which rows of interop/requirements.ts have a passing test. Reads the results of the
// last `npm test` and `npm run test:interop`, and runs them where there are none.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, root } from './install.mjs'
import { load } from './load-typescript.mjs'

const results = join(root, 'node_modules', '.cache', 'chartroom')
const runs = [
  { report: join(results, 'unit.json'), script: 'test.mjs' },
  { report: join(results, 'interop.json'), script: 'interop.mjs' },
]

ensureInstalled()
const { requirements, finished } = await load(join(root, 'interop', 'requirements.ts'))
const statuses = new Map()
for (const { report, script } of runs) {
  if (!existsSync(report))
    spawnSync(process.execPath, [join(root, 'tools', script)], { stdio: ['ignore', 2, 2] })
  collect(JSON.parse(readFileSync(report, 'utf8')))
}
const rows = requirements.map((row) => ({ ...row, state: stateOf(row.id) }))
for (const state of ['closed', 'open', 'failing']) print(state)
const missing = rows.filter(({ issue, state }) => finished.includes(issue) && state !== 'closed')
if (missing.length > 0) {
  process.stdout.write(
    `Rows of finished issues without a passing test: ${missing.map(({ id }) => id).join(', ')}\n`,
  )
}
process.exitCode = missing.length > 0 || rows.some(({ state }) => state === 'failing') ? 1 : 0

function collect({ testResults }) {
  for (const { title, status } of testResults.flatMap(({ assertionResults }) => assertionResults)) {
    const ids = /^(S\d+[a-h]?(?:[, ]+S\d+[a-h]?)*)\b/.exec(title)?.[1]?.match(/S\d+[a-h]?/g) ?? []
    for (const id of ids) statuses.set(id, [...(statuses.get(id) ?? []), status])
  }
}

function stateOf(id) {
  const seen = statuses.get(id) ?? []
  if (seen.includes('failed')) return 'failing'
  return seen.includes('passed') ? 'closed' : 'open'
}

function print(state) {
  const chosen = rows.filter((row) => row.state === state)
  process.stdout.write(`${state}: ${chosen.length} of ${rows.length}\n`)
  for (const { id, issue, sentence } of chosen)
    process.stdout.write(`  ${id.padEnd(5)} issue ${issue}  ${sentence}\n`)
}
