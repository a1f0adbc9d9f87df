// Ten processes publish a chart each to one branch at the same time: what arrives, and how often they fetch.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chartroom, inWorkshop, packedCharts } from './kit.mjs'

const publishers = 10

export async function run() {
  return inWorkshop(async (shop) => {
    const remote = join(shop.folder, 'charts.git')
    git(['init', '--quiet', '--bare', remote], shop)
    // As git hosts do it: archives are fetched when they are read.
    git(['--git-dir', remote, 'config', 'uploadpack.allowFilter', 'true'], shop)
    const events = join(shop.folder, 'events')
    mkdirSync(events)
    const archives = packedCharts(shop, publishers)
    const env = { ...shop.env, GIT_TRACE2_EVENT: events }
    await Promise.all(
      archives.map((archive) => publish(archive, `git+file://${remote}#gh-pages`, { ...shop, env })),
    )
    const index = git(['--git-dir', remote, 'show', 'gh-pages:index.yaml'], shop)
    return [
      {
        work: `${publishers} publishers race for one branch: charts that arrive`,
        ours: [...index.matchAll(/^ {4}digest: /gm)].length,
        theirs: publishers,
        peer: 'all of them',
        unit: '',
        target: 1,
        more: true,
      },
      {
        work: 'the same: fetches',
        ours: fetches(events),
        theirs: publishers ** 2,
        peer: 'publishers squared, the most allowed',
        unit: '',
        target: 1,
      },
    ]
  })
}

function publish(archive, to, { folder, env }) {
  const [file, ...first] = chartroom
  const args = [...first, 'publish', archive, '--to', to, '--skip-lint', '--skip-test']
  const child = spawn(file, args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`publish ended with ${code}`))))
  })
}

/** How often git was run as fetch, also by itself. */
function fetches(events) {
  return readdirSync(events)
    .flatMap((file) => readFileSync(join(events, file), 'utf8').split('\n'))
    .filter((line) => line.includes('"event":"cmd_name"') && line.includes('"name":"fetch"')).length
}

function git(args, { folder, env }) {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: folder, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args.join(' ')} ended with ${status}: ${stderr}`)
  return stdout
}
