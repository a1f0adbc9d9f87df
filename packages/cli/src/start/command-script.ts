import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { functionAround } from './module-function.ts'

/**
 * The text of one script that has all files in it that every call of a command loads; its value are their functions,
 * by name. V8 takes one script and its code in half the time that it takes thirty. `folder` holds the files, and
 * `files.json` which ones they are: those of `main`, and those of commands whose first word says all.
 */
export function commandScript(folder: string, command: string): string {
  const lists = JSON.parse(readFileSync(join(folder, 'files.json'), 'utf8')) as Record<string, string[]>
  const names = new Set([
    ...(lists.main ?? []),
    ...(Object.hasOwn(lists, command) ? (lists[command] ?? []) : []),
  ])
  const members = [...names].map((name) => {
    return `${JSON.stringify(name)}: ${functionAround(readFileSync(join(folder, name), 'latin1'))}`
  })
  return `({\n${members.join(',\n')}\n})`
}
