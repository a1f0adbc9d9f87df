/**
 * Asks the real helm 4.2.4 to render the chart of HyperSDK with its defaults, with each of its examples, and with
 * each values file of the old chart, and writes what it prints to packages/template/fixtures/hypersdk.
 *
 *   node interop/oracle/render/hypersdk.mjs
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { peersFolder } from '../../peers/folder.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const chart = 'deployments/helm/hypersdk'
const golden = join(root, 'packages/template/fixtures/hypersdk')
const home = mkdtempSync(join(tmpdir(), 'render-oracle-'))
const env = {
  PATH: process.env.PATH,
  HOME: home,
  TZ: 'UTC',
  HELM_CACHE_HOME: home,
  HELM_CONFIG_HOME: home,
  HELM_DATA_HOME: home,
}

rmSync(golden, { recursive: true, force: true })
mkdirSync(golden, { recursive: true })
try {
  render('default.yaml')
  for (const name of valuesIn(`${chart}/examples`)) render(`examples-${name}`, `${chart}/examples/${name}`)
  for (const name of valuesIn('interop/hypersdk/old-values')) {
    render(`old-values-${name}`, `interop/hypersdk/old-values/${name}`)
  }
} finally {
  rmSync(home, { recursive: true, force: true })
}

function valuesIn(folder) {
  return readdirSync(join(root, folder)).filter((name) => name.endsWith('.yaml'))
}

function render(name, values) {
  const given = values === undefined ? [] : ['-f', values]
  const line = ['template', 'hypersdk', chart, '-n', 'hypersdk', ...given]
  const helm = join(peersFolder, 'helm-4.2.4', 'helm')
  writeFileSync(join(golden, name), execFileSync(helm, line, { cwd: root, env }))
}
