// The licence texts of what the bundled command line contains: their authors' one condition.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

/** One text with name, version and licence of every package that the modules come from. */
export function noticesOf(moduleIds) {
  const homes = [...new Set(moduleIds.map(packageHome).filter((home) => home !== undefined))].sort()
  return homes.map(noticeOf).join(`\n${'-'.repeat(80)}\n\n`)
}

function packageHome(id) {
  const marker = `${sep}node_modules${sep}`
  const start = id.lastIndexOf(marker)
  if (start < 0) return undefined
  const parts = id.slice(start + marker.length).split(sep)
  return join(id.slice(0, start + marker.length), ...parts.slice(0, parts[0].startsWith('@') ? 2 : 1))
}

function noticeOf(home) {
  const manifest = join(home, 'package.json')
  if (!existsSync(manifest)) throw new Error(`${home} has no package.json`)
  const { name, version, license } = JSON.parse(readFileSync(manifest, 'utf8'))
  const file = readdirSync(home).find((entry) => /^licen[cs]e(\.|$)/i.test(entry))
  const text = file === undefined ? '' : `\n${readFileSync(join(home, file), 'utf8').trim()}\n`
  return `${name} ${version} (${license})\n${text}`
}
