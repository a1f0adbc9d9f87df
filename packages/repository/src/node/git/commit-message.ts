import { printableLine } from '@chartroom/errors'
import type { ArchiveFile } from '../archive-file.ts'

/** Names the charts: in the first line while it stays one, else below it. */
export function commitMessage(archives: readonly Pick<ArchiveFile, 'metadata'>[]): string {
  const names = archives.map(({ metadata: { name, version } }) => printableLine(`${name} ${version}`))
  if (names.length <= 3) return `Publish ${names.join(', ')}\n`
  return `Publish ${names.length} charts\n\n${names.map((name) => `- ${name}\n`).join('')}`
}
