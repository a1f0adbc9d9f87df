// npm test: installs what is missing, then runs the unit tests. Further arguments go to vitest; without any,
// the results are kept for `npm run requirements` and the CI run.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ensureInstalled, root } from './install.mjs'

ensureInstalled()
const own = process.argv.slice(2)
const report = join(root, 'node_modules', '.cache', 'chartroom', 'unit.json')
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const { status, error } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    ...['run', '--project', 'unit'],
    ...(own.length === 0 ? reporters : own),
  ],
  { cwd: root, stdio: 'inherit' },
)
if (error) throw error
process.exitCode = status ?? 1
