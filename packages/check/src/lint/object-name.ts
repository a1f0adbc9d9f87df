import { quote } from '@chartroom/go'

/** Why Kubernetes takes no object of this kind under this name, in its words; undefined if it does. */
export function objectNameFault(kind: string, name: string): string | undefined {
  const faults = [...new Set(nameRule(kind)(name))]
  if (faults.length === 0) return undefined
  const texts = faults.map((fault) => `metadata.name: Invalid value: ${quote(name)}: ${fault}`)
  const all = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`
  return `object name does not conform to Kubernetes naming requirements: ${quote(name)}: ${all}`
}

type NameRule = (name: string) => string[]

function nameRule(kind: string): NameRule {
  switch (kind.toLowerCase()) {
    case 'service':
      return label1035
    case 'namespace':
      return label1123
    case 'certificatesigningrequest':
      return () => []
    case 'role':
    case 'clusterrole':
    case 'rolebinding':
    case 'clusterrolebinding':
      return pathSegment
    default:
      return subdomain
  }
}

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const oldLabel = '[a-z]([-a-z0-9]*[a-z0-9])?'
const dotted = `${label}(\\.${label})*`

function subdomain(name: string): string[] {
  const faults = tooLong(name, 253)
  if (matches(name, dotted)) return faults
  const characters =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
  return [...faults, `${characters} (e.g. 'example.com', regex used for validation is '${dotted}')`]
}

function label1123(name: string): string[] {
  const faults = tooLong(name, 63)
  if (matches(name, label)) return faults
  if (matches(name, dotted)) return [...faults, 'must not contain dots']
  const characters =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character"
  return [...faults, `${characters} (e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`]
}

function label1035(name: string): string[] {
  const faults = tooLong(name, 63)
  if (matches(name, oldLabel)) return faults
  const characters =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character"
  return [
    ...faults,
    `${characters} (e.g. 'my-name',  or 'abc-123', regex used for validation is '${oldLabel}')`,
  ]
}

function pathSegment(name: string): string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`]
  return ['/', '%'].filter((part) => name.includes(part)).map((part) => `may not contain '${part}'`)
}

function tooLong(name: string, most: number): string[] {
  return utf8.encode(name).length > most ? [`must be no more than ${most} characters`] : []
}

const utf8 = new TextEncoder()

// No line end is let through at the end, as `$` alone would in other languages than this one and Go.
function matches(name: string, pattern: string): boolean {
  return new RegExp(`^${pattern}$`).test(name)
}
