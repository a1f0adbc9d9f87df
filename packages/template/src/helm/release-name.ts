import { renderError } from './error.ts'

const pattern = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'
const mostCharacters = 53

/** Throws `RENDER_FAILED` in Helm's words for a name that no release can have. */
export function checkReleaseName(name: string): void {
  const reason = reasonAgainst(name)
  if (reason === undefined) return
  throw renderError(`release name check failed: release name ${JSON.stringify(name)}: ${reason}`, {
    hint: 'Use lower-case letters, digits, "-" and ".".',
  })
}

function reasonAgainst(name: string): string | undefined {
  if (name === '') return 'no name provided'
  if (name.length <= mostCharacters && name.split('.').every(isLabel)) return undefined
  return `invalid release name, must match regex ${pattern} and the length must not be longer than ${mostCharacters}`
}

function isLabel(label: string): boolean {
  return /^[a-z0-9-]+$/.test(label) && !label.startsWith('-') && !label.endsWith('-')
}
