/**
 * Asks Helm 4.2.4 what it finds in every case, and Kubernetes which of its APIs are deprecated. Writes
 * packages/check/golden/lint.json and packages/check/src/lint/deprecated-apis.ts. Needs Go.
 *
 *   node interop/oracle/check/regenerate.mjs
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cases } from './cases.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const check = (path) => fileURLToPath(new URL(`../../../packages/check/${path}`, import.meta.url))

const found = ask('lint', cases)
const golden = Object.fromEntries(
  Object.entries(cases).map(([name, one]) => [name, { ...one, findings: found[name] }]),
)
mkdirSync(check('golden'), { recursive: true })
writeFileSync(check('golden/lint.json'), `${JSON.stringify({ helm: '4.2.4', cases: golden }, null, 1)}\n`)
writeFileSync(check('src/lint/deprecated-apis.ts'), apiTable(ask('apis')))
console.log(`${Object.keys(golden).length} cases`)

function ask(what, input = {}) {
  const { status, stdout, stderr } = spawnSync('go', ['run', '.', what], {
    cwd: here,
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

function apiTable(apis) {
  const rows = apis.map(({ group, version, kind, deprecated, removed, replacement }) => {
    const api = `${group === '' ? '' : `${group}/`}${version} ${kind}`
    return [api, deprecated.join('.'), removed.join('.') === '0.0' ? '' : removed.join('.'), replacement]
  })
  rows.sort(([a], [b]) => (a < b ? -1 : 1))
  const lines = rows.map(([api, ...rest]) => `  [${[api, ...rest].map((text) => `'${text}'`).join(', ')}],\n`)
  return `/**
 * The APIs of Kubernetes 1.36 that are deprecated: API, deprecated in, removed in (or nothing), what to use
 * (or nothing). Written by interop/oracle/check/regenerate.mjs.
 */
export const deprecatedApis: readonly (readonly [string, string, string, string])[] = [
${lines.join('')}]
`
}
