// node tools/action-dist.mjs: bundles the action into packages/action/dist.
// --check REF: compares that of a commit with a new bundle. --tag NAME: tags a commit of HEAD with the bundle in it.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundleProgram } from './build.mjs'
import { ensureInstalled, root } from './install.mjs'

const place = 'packages/action/dist'
export const actionDist = join(root, ...place.split('/'))

/** Bundles the action into a folder, which is replaced whole. The same sources give the same bytes. */
export async function buildAction(dir = actionDist) {
  const fresh = `${dir}-${process.pid}`
  rmSync(fresh, { recursive: true, force: true })
  await bundleProgram(join(root, 'packages', 'action', 'src', 'main.ts'), fresh)
  rmSync(dir, { recursive: true, force: true })
  renameSync(fresh, dir)
}

/** Digests of the files below a folder, by their paths with `/`. */
export function filesIn(dir) {
  return new Map(
    readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(dir, path).split(sep).join('/'), digestOf(readFileSync(path))]),
  )
}

/** What is not the same in two lists of files, a line each. */
export function differencesOf(committed, built) {
  const paths = [...new Set([...committed.keys(), ...built.keys()])].sort()
  return paths.flatMap((path) => {
    if (!committed.has(path)) return [`missing: ${path}`]
    if (!built.has(path)) return [`not built from these sources: ${path}`]
    return committed.get(path) === built.get(path) ? [] : [`other content: ${path}`]
  })
}

/** The same of a commit; throws where git does not know it. */
function filesOf(commit) {
  const listed = git(['ls-tree', '-r', '-z', `${commit}^{commit}`, '--', `${place}/`]).toString()
  return new Map(
    listed
      .split('\0')
      .filter(Boolean)
      .map((line) => {
        const [head, path] = line.split('\t')
        return [path.slice(place.length + 1), digestOf(git(['cat-file', 'blob', head.split(' ')[2]]))]
      }),
  )
}

async function check(commit) {
  const committed = filesOf(commit)
  if (committed.size === 0) throw new Error(`${commit} has no ${place}: tag it with --tag NAME`)
  const folder = mkdtempSync(join(tmpdir(), 'chartroom-action-'))
  try {
    await buildAction(join(folder, 'dist'))
    const differences = differencesOf(committed, filesIn(join(folder, 'dist')))
    if (differences.length > 0)
      throw new Error(`${place} of ${commit} is not what its sources give:\n${differences.join('\n')}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  process.stderr.write(`${place} of ${commit} is what its sources give\n`)
}

// By an index of its own: what is staged, checked out and on the branch stays as it is.
async function tag(name) {
  if (git(['status', '--porcelain', '--', 'packages', 'tools', 'package-lock.json', 'action.yml']).length > 0)
    throw new Error('there are changes that are not committed: the bundle would not be that of HEAD')
  await buildAction()
  const folder = mkdtempSync(join(tmpdir(), 'chartroom-action-'))
  try {
    const env = { ...process.env, GIT_INDEX_FILE: join(folder, 'index') }
    git(['read-tree', 'HEAD'], env)
    git(['add', '--force', '--', place], env)
    const tree = line(git(['write-tree'], env))
    const commit = line(git(['commit-tree', tree, '-p', 'HEAD', '-m', `build(action): bundle of ${name}`]))
    git(['tag', '--annotate', '--message', name, name, commit])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  process.stderr.write(`Tagged ${name}: git push origin ${name}\n`)
}

function git(args, env = process.env) {
  const { status, stdout, stderr, error } = spawnSync('git', args, { cwd: root, env, maxBuffer: 1 << 28 })
  if (error) throw error
  if (status !== 0) throw new Error(`git ${args[0]}: ${stderr.toString().trim()}`)
  return stdout
}

function line(output) {
  return output.toString().trim()
}

function digestOf(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

async function main([flag, name]) {
  ensureInstalled()
  if (flag === '--check' && name) return check(name)
  if (flag === '--tag' && name) return tag(name)
  if (flag !== undefined) throw new Error('usage: action-dist.mjs [--check REF | --tag NAME]')
  await buildAction()
  process.stderr.write(`Built ${place}\n`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(process.argv.slice(2)).catch((error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  })
}
