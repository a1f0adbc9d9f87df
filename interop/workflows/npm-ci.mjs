// What stands in for `npm ci` in a checkout: the modules that are installed in this repository, linked, and the
// checkout's own packages. It refuses a checkout with another lock file, as npm refuses one that does not fit.
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const workspace = fileURLToPath(new URL('../..', import.meta.url))
const checkout = process.cwd()
const lock = 'package-lock.json'

if (!readFileSync(join(checkout, lock)).equals(readFileSync(join(workspace, lock)))) {
  process.stderr.write('npm error: the lock file is not the one that is installed here\n')
  process.exit(1)
}

link(join(workspace, 'node_modules'), join(checkout, 'node_modules'))
for (const room of readdirSync(join(checkout, 'packages'))) {
  const manifest = JSON.parse(readFileSync(join(checkout, 'packages', room, 'package.json'), 'utf8'))
  symlinkSync(join(checkout, 'packages', room), join(checkout, 'node_modules', manifest.name))
  // What one package has in another version than the others.
  const own = join(workspace, 'packages', room, 'node_modules')
  if (existsSync(own)) link(own, join(checkout, 'packages', room, 'node_modules'))
}
process.stdout.write('added the packages that are installed here\n')

function link(from, to) {
  mkdirSync(join(to, '@chartroom'), { recursive: true })
  for (const name of readdirSync(from)) {
    if (!['.cache', '@chartroom', 'chartroom'].includes(name)) symlinkSync(join(from, name), join(to, name))
  }
}
