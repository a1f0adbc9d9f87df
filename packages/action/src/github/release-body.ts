import type { ChartResult } from '@chartroom/verbs'
import { limits } from '../limits.ts'
import { code, escaped, fenced, table } from '../markdown.ts'

const begin = '<!-- chartroom: written by the action, and anew by each run -->'
const end = '<!-- chartroom: end -->'

/** Whether the text of a release was made by this action. */
export function isOurs(body: string): boolean {
  return body.trimStart().startsWith(begin)
}

/** The text with our part in it, in the place of an earlier one; what others wrote stays. */
export function withSection(body: string, section: string): string {
  const from = body.indexOf(begin)
  const to = body.indexOf(end, from)
  const part = `${begin}\n${section.trimEnd()}\n${end}`
  if (from >= 0 && to >= 0) return body.slice(0, from) + part + body.slice(to + end.length)
  return body.trim() === '' ? part : `${body.trimEnd()}\n\n${part}`
}

/** The charts with their digests, and how helm installs them. `repoUrl` is where a classic repository is served. */
export function releaseSection(charts: readonly ChartResult[], repoUrl?: string): string {
  const rows = charts.map(({ name, version, digest, destinations = [] }) => {
    const manifests = destinations.flatMap(({ manifestDigest }) => manifestDigest ?? [])
    const [manifest = ''] = manifests
    return [escaped(name), escaped(version), code(digest), code(manifest)]
  })
  const head = ['chart', 'version', 'archive', 'manifest in registries']
  const lines = charts.flatMap((chart) => installLines(chart, repoUrl))
  const commands = lines.length === 0 ? '' : `\n${fenced(lines.join('\n'), 'sh')}`
  const text = `${table(head, rows, limits.releaseBody >> 1)}${commands}`
  return text.length <= limits.releaseBody ? text : table(head, rows, limits.releaseBody >> 1)
}

// Words that a shell reads as they stand; a line with any other is left out, for somebody will paste it.
const plain = /^[\w./:@%+=-]+$/

function installLines(
  { name, version, destinations = [] }: ChartResult,
  repoUrl: string | undefined,
): string[] {
  const sources = destinations
    .filter(({ kind }) => kind === 'oci')
    .map(({ reference }) => [reference.replace(/:[^:/]*$/, '')])
  if (repoUrl !== undefined) sources.push([name, '--repo', repoUrl])
  return sources
    .map((source) => ['helm', 'install', name, ...source, '--version', version])
    .filter((words) => words.every((word) => plain.test(word)))
    .map((words) => words.join(' '))
}
