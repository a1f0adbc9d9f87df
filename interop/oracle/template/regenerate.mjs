// Writes what Go prints for our cases to packages/template/golden/cases. Needs Go; run by hand after a change of the
// cases, with names of groups to write only these.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ask } from './ask.mjs'
import { buildOracle } from './build.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const golden = join(here, '..', '..', '..', 'packages', 'template', 'golden', 'cases')
const runs = 6

const program = buildOracle()
const wanted = process.argv.slice(2)
const names = readdirSync(join(here, 'cases')).map((file) => file.replace(/\.mjs$/, ''))
mkdirSync(golden, { recursive: true })
let total = 0
for (const name of names) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const { cases, ...shared } = (await import(`./cases/${name}.mjs`)).group
  // Tables cross each other: what comes twice is asked once.
  const own = [...new Set(cases.map((one) => JSON.stringify(full(one))))].map((line) => JSON.parse(line))
  const requests = own.map((one) => ({ ...shared, ...one }))
  const answers = ask(program, requests)
  refuseUnsteady(name, requests, answers)
  const lines = own.map((one, index) => JSON.stringify({ ...one, ...answers[index] }))
  writeFileSync(
    join(golden, `${name}.json`),
    `{\n"shared": ${JSON.stringify(shared)},\n"cases": [\n${lines.join(',\n')}\n]\n}\n`,
  )
  total += lines.length
  console.log(`${name}: ${lines.length}, ${answers.filter(({ error }) => error !== undefined).length} errors`)
}
console.log(`${total} cases`)
if (wanted.length === 0) writeFunctions()

/** The names of all functions, for the census. */
function writeFunctions() {
  const others =
    'and call eq ge gt html index js le len lt ne not or print printf println slice urlquery ' +
    'include tpl required lookup fail toYaml mustToYaml toYamlPretty fromYaml fromYamlArray toToml mustToToml fromToml ' +
    'toJson mustToJson fromJson fromJsonArray'
  const [{ out }] = ask(program, [{ engine: 'functions', template: others }])
  const names = out.split(' ').map((name) => JSON.stringify(name))
  writeFileSync(join(golden, '..', 'functions.json'), `[\n${names.join(',\n')}\n]\n`)
}

function full(one) {
  if (typeof one === 'string') return { template: one }
  return Array.isArray(one) ? { template: one[0], ...one[1] } : one
}

/** Cases whose answer depends on the order of a map or on the clock are no use. */
function refuseUnsteady(name, requests, answers) {
  for (let run = 1; run < runs; run++)
    for (const [index, again] of ask(program, requests).entries())
      if (JSON.stringify(again) !== JSON.stringify(answers[index]))
        throw new Error(
          `${name}: answers differ: ${JSON.stringify(requests[index])}\n${JSON.stringify(again)}\n${JSON.stringify(answers[index])}`,
        )
}
