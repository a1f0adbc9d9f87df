import type { GoFunction } from '@chartroom/go'
import { fixed } from './go-function.ts'

const base = fixed('string', baseOf)
const clean = fixed('string', cleanPath)
const dir = fixed('string', (path: string) => cleanPath(path.slice(0, path.lastIndexOf('/') + 1)))
const ext = fixed('string', (path: string) => /\.[^./]*$/.exec(path)?.[0] ?? '')
const isAbs = fixed('string', (path: string) => path.startsWith('/'))

/** Go's `path`; the forms for the operating system are those of Linux, so that every system renders the same. */
export const pathFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ['base', base],
  ['osBase', base],
  ['clean', clean],
  ['osClean', clean],
  ['dir', dir],
  ['osDir', dir],
  ['ext', ext],
  ['osExt', ext],
  ['isAbs', isAbs],
  ['osIsAbs', isAbs],
])

function baseOf(path: string): string {
  if (path === '') return '.'
  let end = path.length
  while (end > 0 && path[end - 1] === '/') end--
  return end === 0 ? '/' : path.slice(path.lastIndexOf('/', end - 1) + 1, end)
}

function cleanPath(path: string): string {
  const isRooted = path.startsWith('/')
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!isRooted) kept.push('..')
  }
  const cleaned = kept.join('/')
  if (isRooted) return `/${cleaned}`
  return cleaned === '' ? '.' : cleaned
}
