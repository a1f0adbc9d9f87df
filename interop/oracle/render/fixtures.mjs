/**
 * Asks the real helm 4.2.4 to render every fixture chart in packages/template/fixtures/charts with the arguments of
 * packages/template/fixtures/cases.json, and writes what it prints, or its error, to packages/template/fixtures/golden.
 *
 *   node interop/oracle/render/fixtures.mjs [chart ...]
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { peersFolder } from '../../peers/folder.mjs'

const helm = join(peersFolder, 'helm-4.2.4', 'helm')
const test = fileURLToPath(new URL('../../../packages/template/fixtures', import.meta.url))
const home = mkdtempSync(join(tmpdir(), 'render-oracle-'))
const env = {
  PATH: process.env.PATH,
  HOME: home,
  TZ: 'UTC',
  HELM_CACHE_HOME: home,
  HELM_CONFIG_HOME: home,
  HELM_DATA_HOME: home,
}
const hint = '\n\nUse --debug flag to render out invalid YAML'

const cases = JSON.parse(readFileSync(join(test, 'cases.json'), 'utf8'))
const wanted = process.argv.slice(2)
mkdirSync(join(test, 'golden'), { recursive: true })
try {
  let count = 0
  for (const [chart, lines] of Object.entries(cases)) {
    if (wanted.length > 0 && !wanted.includes(chart)) continue
    const results = lines.map((args) => ({ args, ...ask(chart, args) }))
    writeFileSync(join(test, 'golden', `${chart}.json`), `${JSON.stringify(results, null, 1)}\n`)
    count += results.length
  }
  console.log(`${count} renders`)
} finally {
  rmSync(home, { recursive: true, force: true })
}

function ask(chart, args) {
  const path = join('charts', chart)
  const given = args.map((one) => (one === 'CHART' ? path : one))
  const line = ['template', ...given, ...(args.includes('CHART') ? [] : [path])]
  const { status, stdout, stderr } = spawnSync(helm, line, { cwd: test, env })
  if (status === 0) return output(stdout)
  const text = stderr.toString()
  const error = text
    .slice(text.lastIndexOf('\nError: ') + 1)
    .replace(/^Error: /, '')
    .replace(/\n$/, '')
  return error.endsWith(hint) ? { error: error.slice(0, -hint.length), rendered: true } : { error }
}

/** As text where it is one, so that a person can read it. */
function output(bytes) {
  const text = bytes.toString()
  return Buffer.from(text).equals(bytes) ? { output: text } : { base64: bytes.toString('base64') }
}
