/**
 * Writes packages/template/src/helm/schema/metaschemas: what each draft of JSON schema says of schemas, out of the
 * Go library that helm 4.2.4 checks values with, without its descriptions.
 *
 *   node interop/oracle/render/metaschemas.mjs
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const version = 'v6.0.2'
const module_ = `github.com/santhosh-tekuri/jsonschema/v6@${version}`
const folder = JSON.parse(execFileSync('go', ['mod', 'download', '-json', module_], { encoding: 'utf8' })).Dir
const target = fileURLToPath(
  new URL('../../../packages/template/src/helm/schema/metaschemas', import.meta.url),
)

const drafts = [
  ['draft-04', 'draft4', ['draft-04/schema'], 'http'],
  ['draft-06', 'draft6', ['draft-06/schema'], 'http'],
  ['draft-07', 'draft7', ['draft-07/schema'], 'http'],
  ['draft-2019-09', 'draft2019', ['draft/2019-09/schema', ...vocabularies('draft/2019-09/meta')], 'https'],
  ['draft-2020-12', 'draft2020', ['draft/2020-12/schema', ...vocabularies('draft/2020-12/meta')], 'https'],
]

mkdirSync(target, { recursive: true })
for (const [file, name, paths, scheme] of drafts) {
  const lines = paths.map((path) => `  ['${scheme}://json-schema.org/${path}', \`${textOf(path)}\`],`)
  const text = `/** What the draft says of schemas, as JSON by address. Made by interop/oracle/render/metaschemas.mjs. */
export const ${name}: readonly (readonly [address: string, json: string])[] = [
${lines.join('\n')}
]
`
  writeFileSync(join(target, `${file}.ts`), text)
}
execFileSync('npx', ['biome', 'format', '--write', target])

function textOf(path) {
  return JSON.stringify(stripped(read(path))).replace(/[\\`]|\$(?=\{)/g, '\\$&')
}

function read(path) {
  return JSON.parse(readFileSync(join(folder, 'metaschemas', path), 'utf8'))
}

function vocabularies(path) {
  return readdirSync(join(folder, 'metaschemas', path)).map((name) => `${path}/${name}`)
}

/** Without what says nothing about validity; names of properties are no keywords. */
function stripped(value, isNames = false) {
  if (Array.isArray(value)) return value.map((one) => stripped(one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key]) => isNames || !['title', 'description', '$comment', 'default', 'examples'].includes(key),
      )
      .map(([key, one]) => [
        key,
        stripped(one, ['properties', 'definitions', '$defs'].includes(key) && !isNames),
      ]),
  )
}
