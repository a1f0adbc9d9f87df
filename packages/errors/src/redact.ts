// Query parameters that carry a grant: pre-signed storage addresses, tokens.
const sensitive =
  /^(x-amz-.*|x-goog-.*|sig|signature|token|access_token|refresh_token|password|se|sp|sv|sr)$/i

/** The URL without user information, and with the values of credential-like parameters as `***`. */
export function redactUrl(url: string | URL): string {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    return stripUserInfo(String(url))
  }
  parsed.username = ''
  parsed.password = ''
  for (const name of [...parsed.searchParams.keys()]) {
    if (sensitive.test(name)) parsed.searchParams.set(name, '***')
  }
  return parsed.toString()
}

// A forward scan: a backtracking expression over hostile text would be a denial of service.
function stripUserInfo(text: string): string {
  const start = text.indexOf('://')
  if (start < 0) return text
  const end = text.indexOf('/', start + 3)
  const authority = end < 0 ? text.slice(start + 3) : text.slice(start + 3, end)
  const at = authority.lastIndexOf('@')
  return at < 0 ? text : text.slice(0, start + 3) + authority.slice(at + 1) + (end < 0 ? '' : text.slice(end))
}

/** Text in which no address holds a user name or password. */
export function withoutUserInfo(text: string): string {
  return text.replace(/:\/\/[^/?#\s]*@/g, '://')
}
