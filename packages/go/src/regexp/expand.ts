/** Go's `Regexp.Expand`: what `$name`, `${name}` and `$$` in a replacement stand for. A name is as long as letters,
 * digits and underscores go, so `$1W` is the group named `1W`. */
export function expandTemplate(template: string, group: (name: number | string) => string): string {
  let out = ''
  let rest = template
  for (;;) {
    const dollar = rest.indexOf('$')
    if (dollar < 0) return out + rest
    out += rest.slice(0, dollar)
    rest = rest.slice(dollar + 1)
    if (rest.startsWith('$')) {
      out += '$'
      rest = rest.slice(1)
      continue
    }
    const match = referenceOf(rest)
    if (match === null) {
      out += '$'
      continue
    }
    out += group(groupOf(match[1] ?? match[2] ?? ''))
    rest = rest.slice(match[0].length)
  }
}

/** Made when first asked for: it takes V8 a while, and most templates are ASCII. */
let wideReference: RegExp | undefined

function referenceOf(text: string): RegExpExecArray | null {
  if (/^[\0-\x7f]*$/.test(text)) return /^(?:\{(\w+)\}|(\w+))/.exec(text)
  wideReference ??= /^(?:\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/u
  return wideReference.exec(text)
}

function groupOf(name: string): number | string {
  return /^(?:0|[1-9][0-9]{0,8})$/.test(name) ? Number(name) : name
}
