import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** One digest for the files of a folder that match; empty where none does. `**` stands for any folders. */
export function hashFiles(folder: string, patterns: readonly string[]): string {
  const tests = patterns.map(expressionOf)
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => tests.some((test) => test.test(path)) && statSync(join(folder, path)).isFile())
    .sort()
  if (found.length === 0) return ''
  const all = createHash('sha256')
  for (const path of found)
    all.update(
      createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest(),
    )
  return all.digest('hex')
}

function expressionOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/|\*)/).map((part) => {
    if (part === '**/') return '(?:.*/)?'
    return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}$`)
}
