// Compares `chartroom template` and `chartroom lint` with helm on real charts:
//   node interop/parity/run.mjs CHECKOUTS [PART_OF_A_PATH]
// CHECKOUTS has a folder OWNER+NAME for each repository, as checked out, and a file OWNER+NAME.commit. With all of
// them the table in SCORE.md is written; differences go to standard output.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from '../../tools/load-typescript.mjs'
import { ciValues, findCharts } from './corpus.mjs'
import { compareLint } from './lint.mjs'
import { compareRenders } from './renders.mjs'
import { scoreTable } from './score.mjs'
import { vendor } from './vendor.mjs'

const [checkouts, only = ''] = process.argv.slice(2)
if (checkouts === undefined) throw new Error('usage: node interop/parity/run.mjs CHECKOUTS [PART_OF_A_PATH]')
const go = await load(fileURLToPath(new URL('../../packages/go/src/index.ts', import.meta.url)))
const charts = findCharts(checkouts, go)
const work = mkdtempSync(join(tmpdir(), 'chartroom-parity-'))
const { NODE_EXTRA_CA_CERTS, ...inherited } = process.env
void NODE_EXTRA_CA_CERTS // costs Node 20 a third of its start
const env = {
  ...inherited,
  HOME: work,
  XDG_CACHE_HOME: join(work, '.cache'),
  XDG_CONFIG_HOME: join(work, '.config'),
}
try {
  const chosen = charts.filter(({ source, path }) => `${source}/${path}`.includes(only))
  const rows = []
  const queue = chosen.entries()
  await Promise.all([worker(queue, rows), worker(queue, rows)])
  rows.sort((a, b) => a.at - b.at)
  const table = scoreTable(rows)
  if (only === '') writeFileSync(fileURLToPath(new URL('SCORE.md', import.meta.url)), table)
  process.stdout.write(`\n${table.split('\n').slice(0, 12).join('\n')}\n`)
} finally {
  rmSync(work, { recursive: true, force: true })
}

/** Takes charts from the shared queue until it is empty. */
async function worker(queue, rows) {
  for (const [at, chart] of queue) {
    const cwd = mkdtempSync(join(work, 'chart-'))
    const name = chart.metadata?.name ?? 'chart'
    const missing = vendor(chart, join(cwd, name), { charts, go })
    const cases =
      missing === undefined
        ? [
            ...(await compareRenders(name, ciValues(chart.folder), { cwd, env })),
            await compareLint(name, { cwd, env }),
          ]
        : []
    rows.push({ at, chart, missing, cases })
    for (const { title, difference } of cases.filter((one) => one.difference !== undefined))
      process.stdout.write(`${chart.source}/${chart.path} ${title}: ${difference}\n`)
    rmSync(cwd, { recursive: true, force: true })
  }
}
