import type { MetadataDraft } from '@chartroom/chart'
import { decodeDocument, decodeMetadata, isMap, parseDocument } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'
import type { YamlValue } from '@chartroom/go'
import { parseConstraint, parseStrictVersion, parseVersion, quote } from '@chartroom/go'
import { chartFault } from '../chart-fault.ts'
import type { Finding } from '../finding.ts'
import type { RuleName } from '../rules.ts'
import type { LintedFolder } from './linted-folder.ts'
import { strictFailure } from './strict.ts'
import { isEmail, isRequestUrl, isUrl } from './url.ts'

const path = 'Chart.yaml'

/** Helm's rules for Chart.yaml. Each stops at its first bad item. */
export function lintChartFile(folder: LintedFolder): Finding[] {
  const findings: Finding[] = []
  if (folder.kindOf(path) === 'folder') {
    findings.push({
      severity: 'error',
      path,
      message: 'should be a file, not a directory',
      rule: 'chart-file',
    })
  }
  let text: string
  let value: YamlValue
  let draft: MetadataDraft
  try {
    text = readFile(folder)
    value = parseDocument(text)
    draft = decodeDocument(text, (document) => decodeMetadata(document))
  } catch (error) {
    const message = `unable to parse YAML\n\t${chartFault(error).message}`
    return [...findings, { severity: 'error', path, message, rule: 'chart-file' }]
  }
  for (const [severity, name, rule] of rules) {
    const message = rule(draft, { text, value })
    if (message !== undefined) findings.push({ severity, path, message, rule: name })
  }
  return findings
}

function readFile(folder: LintedFolder): string {
  if (folder.kindOf(path) === 'file') return folder.read(path)
  throw new ChartroomError('CHART_INVALID', `read ${folder.path}/${path}: is a directory`)
}

interface Source {
  readonly text: string
  readonly value: YamlValue
}

type Rule = (draft: MetadataDraft, source: Source) => string | undefined

const rules: readonly (readonly [Finding['severity'], RuleName, Rule])[] = [
  ['warning', 'chart-file-strict', strictRule],
  ['error', 'chart-name', nameRule],
  ['error', 'chart-api-version', apiVersionRule],
  ['error', 'chart-version', (_, { value }) => textRule(value, 'version')],
  ['error', 'chart-version', versionRule],
  ['error', 'chart-app-version', (_, { value }) => textRule(value, 'appVersion')],
  ['error', 'chart-maintainers', maintainerRule],
  ['error', 'chart-sources', sourceRule],
  ['info', 'chart-icon', ({ icon }) => (icon === undefined ? 'icon is recommended' : undefined)],
  ['error', 'chart-icon', iconRule],
  ['error', 'chart-type', typeRule],
  ['error', 'chart-dependencies', dependencyRule],
  ['warning', 'chart-version-strict', strictVersionRule],
]

function iconRule({ icon }: MetadataDraft): string | undefined {
  return icon === undefined || isRequestUrl(icon) ? undefined : `invalid icon URL '${icon}'`
}

function strictRule(_: MetadataDraft, { text }: Source): string | undefined {
  const failure = strictFailure(text)
  return failure === undefined ? undefined : `failed to strictly parse chart metadata file\n\t${failure}`
}

function nameRule({ name }: MetadataDraft): string | undefined {
  if (name === undefined) return 'name is required'
  return name.includes('/') ? `chart name ${quote(name)} is invalid` : undefined
}

function apiVersionRule({ apiVersion }: MetadataDraft): string | undefined {
  const either = 'The value must be either "v1" or "v2"'
  if (apiVersion === undefined) return `apiVersion is required. ${either}`
  return apiVersion === 'v1' || apiVersion === 'v2'
    ? undefined
    : `apiVersion '${apiVersion}' is not valid. ${either}`
}

function textRule(value: YamlValue, key: string): string | undefined {
  if (value === null || !isMap(value)) return undefined
  const field = value[key]
  if (field === undefined || typeof field === 'string') return undefined
  return `${key} should be of type string but it's of type ${goType(field)}`
}

function goType(value: YamlValue): string {
  if (value === null) return '<nil>'
  if (Array.isArray(value)) return '[]interface {}'
  if (typeof value === 'object') return 'map[string]interface {}'
  return typeof value === 'number' ? 'float64' : 'bool'
}

function versionRule({ version }: MetadataDraft): string | undefined {
  if (version === undefined) return 'version is required'
  const parsed = parseVersion(version)
  if (parsed === undefined) return `version '${version}' is not a valid SemVer`
  const least = '0.0.0-0'
  return parseConstraint(`>${least}`).check(parsed)
    ? undefined
    : `version ${quote(version)} is less than or equal to ${quote(least)}`
}

function maintainerRule({ maintainers = [] }: MetadataDraft): string | undefined {
  for (const maintainer of maintainers) {
    if (maintainer === null) return 'a maintainer entry is empty'
    const { name, email, url } = maintainer
    if (name === undefined) return 'each maintainer requires a name'
    if (email !== undefined && !isEmail(email)) return `invalid email '${email}' for maintainer '${name}'`
    if (url !== undefined && !isUrl(url)) return `invalid url '${url}' for maintainer '${name}'`
  }
  return undefined
}

function sourceRule({ sources = [] }: MetadataDraft): string | undefined {
  const bad = sources.find((source) => !isRequestUrl(source))
  return bad === undefined ? undefined : `invalid source URL '${bad}'`
}

function typeRule({ type, apiVersion = '' }: MetadataDraft): string | undefined {
  if (type === undefined || apiVersion === 'v2') return undefined
  return `chart type is not valid in apiVersion '${apiVersion}'. It is valid in apiVersion 'v2'`
}

function dependencyRule({ dependencies, apiVersion = '' }: MetadataDraft): string | undefined {
  if (dependencies === undefined || apiVersion === 'v2') return undefined
  return `dependencies are not valid in the Chart file with apiVersion '${apiVersion}'. They are valid in apiVersion 'v2'`
}

function strictVersionRule({ version = '' }: MetadataDraft): string | undefined {
  return parseStrictVersion(version) === undefined
    ? `version '${version}' is not a valid SemVerV2`
    : undefined
}
