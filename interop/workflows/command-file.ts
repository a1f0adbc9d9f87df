/** What a step wrote to GITHUB_ENV or GITHUB_OUTPUT: `NAME=VALUE` lines, or `NAME<<END` with lines up to `END`. */
export function readCommandFile(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  const lines = text.split('\n')
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (line === '') continue
    const equals = line.indexOf('=')
    const here = line.indexOf('<<')
    if (here >= 0 && (equals < 0 || here < equals)) {
      const end = lines.indexOf(line.slice(here + 2), i + 1)
      if (end < 0) throw new Error(`no line ends the value of ${line}`)
      found[line.slice(0, here)] = lines.slice(i + 1, end).join('\n')
      i = end
    } else if (equals > 0) found[line.slice(0, equals)] = line.slice(equals + 1)
    else throw new Error(`a command file has the line ${JSON.stringify(line)}`)
  }
  return found
}
