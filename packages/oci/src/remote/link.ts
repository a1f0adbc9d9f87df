/** One target of a `Link` header (RFC 8288), its parameters by lower-case name. */
export interface Link {
  readonly target: string
  readonly parameters: Readonly<Record<string, string>>
}

/** Reads all links of a header; what cannot be read ends the list. */
export function parseLinks(header: string): Link[] {
  const links: Link[] = []
  let at = 0
  for (;;) {
    while (at < header.length && /[\s,]/.test(header[at] ?? '')) at++
    if (header[at] !== '<') return links
    const end = header.indexOf('>', at)
    if (end < 0) return links
    const parameters = Object.create(null) as Record<string, string>
    links.push({ target: header.slice(at + 1, end).trim(), parameters })
    at = readParameters(header, end + 1, parameters)
  }
}

const parameter = /\s*;\s*([^\s=;,"]*)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/y

function readParameters(header: string, start: number, parameters: Record<string, string>): number {
  let at = start
  for (;;) {
    parameter.lastIndex = at
    const found = parameter.exec(header)
    if (found === null) break
    const [all, name = '', quoted, plain = ''] = found
    if (name !== '') parameters[name.toLowerCase()] ??= quoted?.replace(/\\(.)/g, '$1') ?? plain
    at += all.length
  }
  while (at < header.length && /\s/.test(header[at] ?? '')) at++
  // Only a comma goes on to a next link.
  return header[at] === ',' ? at : header.length
}

/** The target of `rel="next"`; a relation may be one of several. */
export function nextTarget(header: string): string | undefined {
  return parseLinks(header).find(({ parameters }) =>
    (parameters.rel ?? '').toLowerCase().split(/\s+/).includes('next'),
  )?.target
}
