import { asChartroomError } from '@chartroom/errors'
import type { YamlValue } from '@chartroom/go'
import { parseConstraint, parseStrictVersion, parseVersion, parseYaml } from '@chartroom/go'
import type { ChartFile } from '../file.ts'
import { fileText } from '../file.ts'
import type { MetadataDraft } from '../metadata/decode-metadata.ts'
import { decodeMetadata } from '../metadata/decode-metadata.ts'
import { isMap } from '../metadata/go-decoder.ts'
import type { Finding } from './finding.ts'
import { strictFailure } from './strict.ts'
import { isEmail, isRequestUrl, isUrl } from './url.ts'

const path = 'Chart.yaml'

/** Helm's rules for Chart.yaml. Each stops at its first bad item. */
export function lintChartFile(files: readonly ChartFile[]): Finding[] {
  const file = files.find(({ name }) => name === path)
  if (file === undefined) return [{ severity: 'error', path, message: 'Chart.yaml file is missing' }]
  const text = fileText(file)
  let value: YamlValue
  let draft: MetadataDraft
  try {
    value = parseYaml(text)
    draft = decodeMetadata(value)
  } catch (error) {
    return [
      { severity: 'error', path, message: `unable to parse YAML\n\t${asChartroomError(error).message}` },
    ]
  }
  const findings: Finding[] = []
  for (const [severity, rule] of rules) {
    const message = rule(draft, { text, value })
    if (message !== undefined) findings.push({ severity, path, message })
  }
  return findings
}

interface Source {
  readonly text: string
  readonly value: YamlValue
}

type Rule = (draft: MetadataDraft, source: Source) => string | undefined

const rules: readonly (readonly [Finding['severity'], Rule])[] = [
  ['warning', strictRule],
  ['error', nameRule],
  ['error', apiVersionRule],
  ['error', (_, { value }) => textRule(value, 'version')],
  ['error', versionRule],
  ['error', (_, { value }) => textRule(value, 'appVersion')],
  ['error', maintainerRule],
  ['error', sourceRule],
  ['info', ({ icon }) => (icon === undefined ? 'icon is recommended' : undefined)],
  [
    'error',
    ({ icon }) => (icon === undefined || isRequestUrl(icon) ? undefined : `invalid icon URL '${icon}'`),
  ],
  ['error', typeRule],
  ['error', dependencyRule],
  ['warning', strictVersionRule],
]

function strictRule(_: MetadataDraft, { text }: Source): string | undefined {
  const failure = strictFailure(text)
  return failure === undefined ? undefined : `failed to strictly parse chart metadata file\n\t${failure}`
}

function nameRule({ name }: MetadataDraft): string | undefined {
  if (name === undefined) return 'name is required'
  return name.includes('/') ? `chart name ${JSON.stringify(name)} is invalid` : undefined
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
    : `version ${JSON.stringify(version)} is less than or equal to ${JSON.stringify(least)}`
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
