// Render charts: the HyperSDK chart, charts made here in the manner of large public ones, and, where
// CHARTROOM_BENCH_CHARTS names a folder of charts with their dependencies in charts/, those too.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { appChart, prometheusLike, tplChart, umbrella, wordpressLike } from './app-chart.mjs'
import { chartroom, interleaved, inWorkshop, peakMemory, peer, root, time } from './kit.mjs'

const rounds = 21
const fetched = process.env.CHARTROOM_BENCH_CHARTS
/** Of a folder of charts, those measured one by one. */
const largeNames = ['wordpress', 'kafka', 'thanos', 'prometheus', 'kube-prometheus-stack']

export async function run() {
  return inWorkshop(async (shop) => {
    const helm = peer('helm-4.2.4', 'helm')
    const charts = chartsIn(shop.folder)
    const rows = []
    for (const [work, path] of charts) {
      requireEqual(path, { helm, shop })
      rows.push(await timeRow(work, path, { helm, shop }))
    }
    rows.push(await growthRow(join(shop.folder, 'umbrella50'), join(shop.folder, 'umbrella100'), shop))
    const program = await manyProgram(shop.folder)
    for (const [work, paths] of manyCharts({ helm, shop })) {
      rows.push(await manyRow(work, paths, { helm, shop, program }))
    }
    for (const [work, path] of charts.filter(([work]) => !work.includes('tpl'))) {
      rows.push(await memoryRow(`${work}: peak memory`, path, { helm, shop }))
    }
    return rows
  })
}

/** What is rendered alone: what it is, and where it lies. */
function chartsIn(folder) {
  const made = [
    ['a WordPress-like chart', 'press', wordpressLike()],
    ['a Prometheus-like chart', 'watch', prometheusLike()],
    ['an umbrella of 50 charts', 'umbrella50', umbrella(50)],
    ['an umbrella of 100 charts', 'umbrella100', umbrella(100)],
    ['2000 calls of tpl', 'calls', tplChart(2000)],
  ]
  const large = largeNames.filter((name) => fetched !== undefined && existsSync(join(fetched, name)))
  return [
    ['the HyperSDK chart', join(root, 'deployments', 'helm', 'hypersdk')],
    ...made.map(([work, name, files]) => [work, written(join(folder, name), files)]),
    ...large.map((name) => [`${name}, fetched`, resolve(fetched, name)]),
  ]
}

/** Sets of charts that one process renders. */
function manyCharts({ helm, shop }) {
  const made = Array.from({ length: 150 }, (_, i) =>
    written(
      join(shop.folder, `many${i}`),
      appChart({
        name: `many${i}`,
        workloads: 1 + (i % 3),
        options: 5 + ((i * 7) % 40),
        library: i % 3 === 0,
      }),
    ),
  )
  if (fetched === undefined) return [['150 charts', made]]
  const paths = readdirSync(fetched)
    .sort()
    .map((name) => resolve(fetched, name))
    // Some want values, libraries cannot be rendered.
    .filter((path) => ended(helm, path, shop).status === 0)
    .slice(0, 150)
  return [
    ['150 charts', made],
    [`${paths.length} fetched charts`, paths],
  ]
}

function written(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

async function timeRow(work, path, { helm, shop }) {
  const args = ['template', 'demo', path]
  const both = await interleaved(
    rounds,
    () => time(chartroom, args, shop),
    () => time(helm, args, shop),
  )
  const target = work.includes('tpl') || work.includes('umbrella') ? 1.01 : 1
  return { work: `template ${work}`, ...both, peer: 'helm template', unit: 'ms', target }
}

/** An umbrella of twice the size may take twice the time, and a fifth more. */
async function growthRow(half, whole, shop) {
  const { ours, theirs } = await interleaved(
    rounds,
    () => time(chartroom, ['template', 'demo', whole], shop),
    () => time(chartroom, ['template', 'demo', half], shop),
  )
  const work = 'the umbrella of 100 against twice that of 50'
  return { work, ours, theirs: 2 * theirs, peer: 'chartroom, twice', unit: 'ms', target: 1 / 1.2 }
}

async function manyRow(work, paths, { helm, shop, program }) {
  const { ours, theirs } = await interleaved(
    3,
    () => time([process.execPath, program], paths, shop),
    () => paths.reduce((sum, path) => sum + time(helm, ['template', path], shop), 0),
  )
  return {
    work: `template ${work} in one process`,
    ours: ours / 1000,
    theirs: theirs / 1000,
    peer: 'a loop of helm template',
    unit: 's',
    target: 6,
  }
}

async function memoryRow(work, path, { helm, shop }) {
  const args = ['template', 'demo', path]
  const both = await interleaved(
    3,
    () => peakMemory(chartroom, args, shop),
    () => peakMemory(helm, args, shop),
  )
  return { work, ...both, peer: 'helm template', unit: 'MB', target: 0.5 }
}

/** A measurement of two programs that do not do the same would say nothing. */
function requireEqual(path, { helm, shop }) {
  const [ours, theirs] = [chartroom, helm].map((program) => ended(program, path, shop).stdout)
  // Fetched charts make passwords of random characters.
  if (ours === theirs || (fetched !== undefined && path.startsWith(resolve(fetched)))) return
  throw new Error(`helm and chartroom render ${basename(path)} differently`)
}

function ended([file, ...first], path, { folder, env }) {
  return spawnSync(file, [...first, 'template', 'demo', path], {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
}

/** The library alone, bundled as the command line is. */
async function manyProgram(folder) {
  const { rolldown } = await import('rolldown')
  const bundler = await rolldown({
    input: join(root, 'bench', 'render-many.ts'),
    platform: 'node',
    resolve: { conditionNames: ['source', 'node', 'import', 'default'] },
  })
  const file = join(folder, 'render-many.mjs')
  await bundler.write({ file, format: 'esm', codeSplitting: false, comments: false })
  await bundler.close()
  return file
}
