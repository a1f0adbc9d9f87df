// What the action adds to the command line's work: the same chart to the same registry, where it is already, and the
// outputs and summary that a step leaves.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildAction } from '../tools/action-dist.mjs'
import { chartroom, interleaved, inWorkshop, root, time, withChartroom } from './kit.mjs'

const rounds = 15

/** Milliseconds that a step may take longer than the command. */
const allowance = 200

export async function run() {
  return inWorkshop(async (shop) => {
    const bundle = join(shop.folder, 'action')
    await buildAction(bundle)
    return withChartroom(shop, async (host) => [
      await publishRow(shop, host, [process.execPath, join(bundle, 'main.cjs')]),
    ])
  })
}

async function publishRow(shop, host, action) {
  const chart = join(root, 'deployments', 'helm', 'hypersdk')
  const to = `oci://${host}/charts`
  const step = { ...shop, env: { ...shop.env, ...stepEnv(shop, { chart, to }) } }
  time(chartroom, ['publish', chart, '--to', to], shop)
  const { ours, theirs } = await interleaved(
    rounds,
    () => time(action, [], emptied(step)),
    () => time(chartroom, ['publish', chart, '--to', to], shop),
  )
  return {
    work: `publish as a step of a workflow: ${Math.round(ours - theirs)} ms more than the command, of ${allowance} allowed`,
    ours,
    theirs,
    peer: 'chartroom publish',
    unit: 'ms',
    target: theirs / (theirs + allowance),
  }
}

function stepEnv({ folder }, { chart, to }) {
  const files = join(folder, 'step')
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'octocat',
    GITHUB_OUTPUT: join(files, 'output'),
    GITHUB_STEP_SUMMARY: join(files, 'summary'),
    INPUT_COMMAND: 'publish',
    INPUT_CHARTS: chart,
    INPUT_DESTINATIONS: to,
    INPUT_TOKEN: 'ghs_0123456789abcdefghijklmnopqrstuvwxyz',
    'INPUT_VERSION-TAG': '',
  }
}

/** Files of a new step. */
function emptied(step) {
  const files = join(step.folder, 'step')
  rmSync(files, { recursive: true, force: true })
  mkdirSync(files)
  for (const name of ['output', 'summary']) writeFileSync(join(files, name), '')
  return step
}
