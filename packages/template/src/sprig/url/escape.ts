import { quote } from '@chartroom/go'
import { fromByteUnits } from '../bytes.ts'

// Texts here are in byte units: one UTF-16 unit for each byte of a Go string.

/** The part of a URL that is escaped or unescaped. */
export type UrlPart = 'path' | 'host' | 'zone' | 'user' | 'fragment'

/** What stays as it is in each part. */
const unescaped: Readonly<Record<UrlPart, RegExp>> = {
  path: /[0-9A-Za-z\-_.~$&+,/:;=@]/,
  host: /[0-9A-Za-z\-_.~!$&'()*+,;=:[\]<>"]/,
  zone: /[0-9A-Za-z\-_.~!$&'()*+,;=:[\]<>"]/,
  user: /[0-9A-Za-z\-_.~$&+,;=]/,
  fragment: /[0-9A-Za-z\-_.~$&+,/:;=?@!()*]/,
}

export class UrlError extends Error {
  override readonly name = 'UrlError'
}

export function escapeUrl(text: string, part: UrlPart): string {
  return text.replace(/[^0-9A-Za-z\-_.~]/g, (unit) =>
    unescaped[part].test(unit) ? unit : `%${unit.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

export function unescapeUrl(text: string, part: UrlPart): string {
  for (let at = 0; at < text.length; at++) {
    const unit = text[at] ?? ''
    if (unit === '%') {
      checkEscape(text.slice(at, at + 3), part)
      at += 2
    } else if ((part === 'host' || part === 'zone') && unit < '\x80' && !unescaped[part].test(unit)) {
      throw new UrlError(`invalid character ${quote(unit)} in host name`)
    }
  }
  return text.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** A host may escape only what is not ASCII; a zone only what a host may contain, and blanks. */
function checkEscape(escape: string, part: UrlPart): void {
  const isEscape = /^%[0-9a-fA-F]{2}$/.test(escape)
  const code = Number.parseInt(escape.slice(1), 16)
  const isAllowed =
    escape === '%25' ||
    (part === 'host' && code >= 0x80) ||
    (part === 'zone' && (code === 0x20 || unescaped.host.test(String.fromCharCode(code)))) ||
    (part !== 'host' && part !== 'zone')
  if (!isEscape || !isAllowed) throw new UrlError(`invalid URL escape ${quote(fromByteUnits(escape))}`)
}
