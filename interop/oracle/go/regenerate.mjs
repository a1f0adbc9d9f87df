// Writes what Go says of our cases to packages/go/golden. Needs Go; run by hand after a change of the cases.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cases } from './cases.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const golden = join(here, '..', '..', '..', 'packages', 'go', 'golden')
const { status, stdout, stderr } = spawnSync('go', ['run', '.'], {
  cwd: here,
  input: JSON.stringify(cases),
  encoding: 'utf8',
  maxBuffer: 256 * 1024 * 1024,
})
if (status !== 0) throw new Error(stderr)
mkdirSync(golden, { recursive: true })
for (const [name, answers] of Object.entries(JSON.parse(stdout))) {
  const known = answers.filter(({ yaml }) => yaml !== '')
  writeFileSync(
    join(golden, `${name}.json`),
    `[\n${known.map((answer) => JSON.stringify(answer)).join(',\n')}\n]\n`,
  )
}
