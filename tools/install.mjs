// Makes node_modules agree with package-lock.json. Plain Node: it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs `npm ci` when what is installed is not what the lock file says; returns whether it did. */
export function ensureInstalled() {
  refuseOldNode()
  if (isInstalled()) return false
  process.stderr.write('Installing dependencies (npm ci)\n')
  const { status, error } = runNpm(['ci'], { stdio: ['ignore', 2, 2] })
  if (error) throw error
  if (status !== 0) throw new Error(`npm ci in ${root} failed with exit code ${status}`)
  return true
}

/** npm as a child: the one that started this process, else the one on PATH. */
export function runNpm(args, options = {}) {
  const cli = process.env.npm_execpath
  const spawnOptions = { cwd: root, ...options }
  if (cli && /\.c?js$/.test(cli)) return spawnSync(process.execPath, [cli, ...args], spawnOptions)
  // npm is a batch file on Windows, which only a shell starts; the arguments are our own words.
  return spawnSync('npm', args, { ...spawnOptions, shell: process.platform === 'win32' })
}

/**
 * Compares npm's own record of the installed tree with the lock file. Times of files say nothing here:
 * a checkout renews the lock file's, and npm writes both within one instant.
 */
function isInstalled() {
  const wanted = readPackages('package-lock.json')
  const present = readPackages(join('node_modules', '.package-lock.json'))
  if (wanted === undefined) throw new Error(`${join(root, 'package-lock.json')} is missing`)
  if (present === undefined) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || (present[path] === undefined && (entry.optional || entry.peer))) return true
    return present[path] !== undefined && present[path].version === entry.version
  })
}

function readPackages(name) {
  try {
    return JSON.parse(readFileSync(join(root, name), 'utf8')).packages
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new Error(`Node ${process.versions.node} is too old: install Node 20.19 or newer`)
}
