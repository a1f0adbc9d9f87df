import { ChartroomError } from '@chartroom/errors'

interface NamedVersion {
  readonly name: string
  readonly version: string
}

/** The git tags that may carry a version of a chart. */
function tagsOf({ name, version }: NamedVersion): string[] {
  return [...new Set([`chart-v${version}`, `v${version}`, `${name}-${version}`, `${name}-v${version}`])]
}

/** Throws `USAGE` for charts whose version the tag does not carry. */
export function requireVersionTag(tag: string, charts: readonly NamedVersion[]): void {
  const others = charts.filter((chart) => !tagsOf(chart).includes(tag))
  const [first] = others
  if (first === undefined) return
  const list = others.map(({ name, version }) => `${name} ${version}`).join(', ')
  throw new ChartroomError('USAGE', `the tag ${tag} does not carry the version of ${list}`, {
    op: 'version-tag',
    hint: `Tag ${tagsOf(first).join(', or ')}; or name under charts only what the tag is for; or pass an empty version-tag. Nothing was uploaded.`,
  })
}
