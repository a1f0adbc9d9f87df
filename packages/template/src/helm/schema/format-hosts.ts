export function hostReason(given: string): string | undefined {
  const text = given.replace(/\.$/, '')
  if (text.length > 253) return 'more than 253 characters long'
  for (const label of text.split('.')) {
    const reason = labelReason(label)
    if (reason !== undefined) return reason
  }
  return undefined
}

function labelReason(label: string): string | undefined {
  if (label.length < 1 || label.length > 63) return 'label must be 1 to 63 characters long'
  if (label.startsWith('-')) return 'label starts with hyphen'
  if (label.endsWith('-')) return 'label ends with hyphen'
  const wrong = /[^A-Za-z0-9-]/u.exec(label)?.[0]
  return wrong === undefined ? undefined : `invalid character '${wrong}'`
}

export function ipv4Reason(text: string): string | undefined {
  const groups = text.split('.')
  if (groups.length !== 4) return 'expected four decimals'
  for (const group of groups) {
    if (group.length > 1 && group.startsWith('0')) return 'leading zeros'
    if (!/^[+-]?\d+$/.test(group)) return `strconv.Atoi: parsing ${JSON.stringify(group)}: invalid syntax`
    if (Number(group) < 0 || Number(group) > 255) return 'decimal must be between 0 and 255'
  }
  return undefined
}

export function ipv6Reason(text: string): string | undefined {
  if (!text.includes(':')) return 'missing colon'
  const [address = '', zone] = text.split('%')
  if (!isIpv6(address)) return `ParseAddr(${JSON.stringify(text)}): unexpected character`
  return zone === undefined ? undefined : 'zone id is not a part of ipv6 address'
}

function isIpv6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const hasIpv4 = last.includes('.')
  if (hasIpv4 && ipv4Reason(last) !== undefined) return false
  const count = groups.length + (hasIpv4 ? 1 : 0)
  const plain = hasIpv4 ? groups.slice(0, -1) : groups
  return (
    plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) &&
    (halves.length === 2 ? count < 8 : count === 8)
  )
}

export function emailReason(text: string): string | undefined {
  if (text.length > 254) return 'more than 255 characters long'
  const at = text.lastIndexOf('@')
  if (at < 0) return 'missing @'
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)]
  if (local.length > 64) return 'local part more than 64 characters long'
  return localReason(local) ?? domainReason(domain)
}

function localReason(local: string): string | undefined {
  if (local.length > 1 && local.startsWith('"')) {
    const isBad = /[\\"]/.test(local.slice(1, -1))
    return isBad ? 'backslash and quote are not allowed within quoted local part' : undefined
  }
  if (local.startsWith('.')) return 'starts with dot'
  if (local.endsWith('.')) return 'ends with dot'
  if (local.includes('..')) return 'consecutive dots'
  const wrong = /[^A-Za-z0-9.!#$%&'*+\-/=?^_`{|}~]/u.exec(local)?.[0]
  return wrong === undefined ? undefined : `invalid character '${wrong}'`
}

function domainReason(domain: string): string | undefined {
  if (!domain.startsWith('[') || !domain.endsWith(']')) return within('invalid domain', hostReason(domain))
  const address = domain.slice(1, -1)
  if (address.startsWith('IPv6:')) return within('invalid ipv6 address', ipv6Reason(address.slice(5)))
  return within('invalid ipv4 address', ipv4Reason(address))
}

function within(what: string, reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : `${what}: ${reason}`
}
