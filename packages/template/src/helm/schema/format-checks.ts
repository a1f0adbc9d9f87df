import { hostReason, ipv4Reason, ipv6Reason, emailReason } from './format-hosts.ts'
import { dateReason, dateTimeReason, timeReason } from './format-times.ts'

/** Gives the reason why a text is not of the format. */
type FormatCheck = (text: string) => string | undefined

export const formatChecks: ReadonlyMap<string, FormatCheck> = new Map<string, FormatCheck>([
  ['hostname', hostReason],
  ['ipv4', ipv4Reason],
  ['ipv6', ipv6Reason],
  ['email', emailReason],
  ['date', dateReason],
  ['time', timeReason],
  ['date-time', dateTimeReason],
  ['uri', uriReason],
  ['iri', uriReason],
  ['uri-reference', uriReferenceReason],
  ['iri-reference', uriReferenceReason],
  ['json-pointer', pointerReason],
  ['relative-json-pointer', relativePointerReason],
  ['uuid', uuidReason],
])

function uriReason(text: string): string | undefined {
  return malformed(text) ?? (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(text) ? undefined : 'relative url')
}

function uriReferenceReason(text: string): string | undefined {
  return text.includes('\\') ? 'contains \\' : malformed(text)
}

/** What Go's url.Parse refuses most often. */
function malformed(text: string): string | undefined {
  const given = JSON.stringify(text)
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(text)) return `parse ${given}: net/url: invalid control character in URL`
  if (text.startsWith(':')) return `parse ${given}: missing protocol scheme`
  const escape = /%(?![0-9A-Fa-f]{2}).{0,2}/.exec(text)?.[0]
  if (escape !== undefined) return `parse ${given}: invalid URL escape ${JSON.stringify(escape)}`
  const colon = text.split(/[/?#]/, 1)[0] ?? ''
  if (colon.includes(':') && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)) {
    return `parse ${given}: first path segment in URL cannot contain colon`
  }
  return undefined
}

function pointerReason(text: string): string | undefined {
  if (text === '') return undefined
  if (!text.startsWith('/')) return 'not starting with /'
  return /~(?![01])/.test(text) ? '~ must be followed by 0 or 1' : undefined
}

function relativePointerReason(text: string): string | undefined {
  const digits = /^\d*/.exec(text)?.[0] ?? ''
  if (digits === '') return 'must start with non-negative integer'
  if (digits.length > 1 && digits.startsWith('0')) return 'starts with zero'
  const rest = text.slice(digits.length)
  return rest === '#' ? undefined : pointerReason(rest)
}

const uuidLengths = [8, 4, 4, 4, 12]

function uuidReason(text: string): string | undefined {
  const groups = text.split('-')
  if (groups.length !== uuidLengths.length) return `must have ${uuidLengths.length} elements`
  for (const [index, group] of groups.entries()) {
    if (group.length !== uuidLengths[index]) {
      return `element ${index + 1} must be ${uuidLengths[index]} characters long`
    }
    const wrong = /[^0-9a-fA-F]/.exec(group)?.[0]
    if (wrong !== undefined) return `non-hex character '${wrong}'`
  }
  return undefined
}
