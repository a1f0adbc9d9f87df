// npm run test:interop: builds the command line and the peers, then runs the tests against the real
// programs. A missing peer is a visible skip on a developer's machine, and an error in CI.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from './build.mjs'
import { ensureInstalled, root } from './install.mjs'

ensureInstalled()
await build()
const { installPeers } = await import('../interop/peers/install.mjs')
const missing = installPeers()
// Without further arguments, which go to vitest, the results are kept for `npm run requirements`.
const own = process.argv.slice(2)
const report = join(root, 'node_modules', '.cache', 'chartroom', 'interop.json')
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const { status, error } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    ...['run', '--project', 'interop'],
    ...(own.length === 0 ? reporters : own),
  ],
  { cwd: root, stdio: 'inherit' },
)
if (error) throw error
if (missing.length > 0)
  process.stderr.write(`Peers not installed here, and their tests skipped: ${missing.join(', ')}\n`)
process.exitCode = status === 0 && process.env.CI && missing.length > 0 ? 1 : (status ?? 1)
