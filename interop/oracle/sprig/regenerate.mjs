// Writes what Sprig says of our calls to packages/template/golden/sprig. Needs Go; run by hand after a change of the cases.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cases } from './cases.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const golden = join(here, '..', '..', '..', 'packages', 'template', 'golden', 'sprig')

function runGo(args, input) {
  const { status, stdout, stderr } = spawnSync('go', ['run', '.', ...args], {
    cwd: here,
    input,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(stderr)
  return stdout.trimEnd().split('\n')
}

function answersOf(calls) {
  return runGo([], calls.map((call) => JSON.stringify(call)).join('\n')).map((line) => JSON.parse(line))
}

mkdirSync(golden, { recursive: true })
for (const [name, calls] of Object.entries(cases)) {
  const unique = [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()]
  const answers = answersOf(unique)
  // A refused call never reaches the function: the template engine's tests cover it.
  const lines = unique.flatMap(([fn, args], index) =>
    answers[index].refused === undefined ? [JSON.stringify({ fn, args, ...answers[index] })] : [],
  )
  writeFileSync(join(golden, `${name}.json`), `[\n${lines.join(',\n')}\n]\n`)
}

const [signatures] = runGo(['signatures'], '')
writeFileSync(join(golden, '..', 'sprig-signatures.json'), `${signatures.replaceAll('},"', '},\n"')}\n`)
