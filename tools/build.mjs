// npm run build: the command line as one CommonJS entry with lazily loaded chunks; with `--libraries` also
// each library as ES modules with declarations, as they are published.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureInstalled, root } from './install.mjs'
import { noticesOf } from './notices.mjs'

const packages = join(root, 'packages')
const cache = join(root, 'node_modules', '.cache', 'chartroom')
const stamp = join(cache, 'build-inputs')
const cliDist = join(packages, 'cli', 'dist')

/**
 * Bundles the CLI into packages/cli/dist; does nothing when no input has changed since the last time.
 * Several processes may call it at once: one builds, the others wait. Returns whether it built.
 */
export async function build() {
  const inputs = hashOf(inputFiles())
  if (isBuilt(inputs)) return false
  return withLock(async () => {
    if (isBuilt(inputs)) return false
    const fresh = join(cache, `dist-${process.pid}`)
    await bundle(fresh)
    rmSync(cliDist, { recursive: true, force: true })
    renameSync(fresh, cliDist)
    writeFileSync(stamp, inputs)
    return true
  })
}

/** Compiles every published library with tsc, in the order of their dependencies. */
export function buildLibraries() {
  for (const library of inOrder(publishedLibraries())) compile(library)
}

/** Folder names of the libraries that are published, as {name, manifest}. */
export function publishedLibraries() {
  return readdirSync(packages)
    .map((name) => ({ name, manifest: readJson(join(packages, name, 'package.json')) }))
    .filter(({ manifest }) => !manifest.private && manifest.exports !== undefined)
}

/**
 * Modules that are loaded at their first call, though the code that calls them is synchronous: what a short
 * command does not use must not cost it time. Each becomes a file of its own; only functions are imported from it.
 */
const lazyModules = {
  './full.ts': join(packages, 'go', 'src', 'yaml', 'full.ts'),
  './string-bytes.ts': join(packages, 'cli', 'src', 'string-bytes.ts'),
  './re2-program.ts': join(packages, 'go', 'src', 'regexp', 're2-program.ts'),
  './report-values.ts': join(packages, 'template', 'src', 'helm', 'schema', 'report-values.ts'),
  './certificate-maker.ts': join(packages, 'template', 'src', 'sprig', 'certificate-maker.ts'),
  './crypto-aes.ts': join(packages, 'template', 'src', 'sprig', 'crypto-aes.ts'),
  './crypto-password.ts': join(packages, 'template', 'src', 'sprig', 'crypto-password.ts'),
  '../toml/read.ts': join(packages, 'template', 'src', 'helm', 'toml', 'read.ts'),
  '../toml/write.ts': join(packages, 'template', 'src', 'helm', 'toml', 'write.ts'),
  'fflate/browser': 'fflate/browser',
  bcryptjs: 'bcryptjs',
}

const lazyName = (specifier) => `lazy-${specifier.replace(/[^a-z]+/g, '-').replace(/^-|-ts$/g, '')}`

/** The plugin that makes modules be loaded at the first call of their functions. */
function lazyFunctions(modules) {
  return {
    name: 'lazy-functions',
    resolveId(specifier) {
      return specifier.startsWith('./lazy-') ? { id: specifier, external: true } : undefined
    },
    async transform(code, id) {
      const path = id.replaceAll('\\', '/')
      // It asks node:crypto only where the platform has no random bytes of its own; loading that takes long.
      if (path.endsWith('/bcryptjs/index.js')) {
        return code.replace('import nodeCrypto from "crypto";', 'const nodeCrypto = undefined;')
      }
      if (!/\/packages\/[a-z]+\/src\//.test(path) && !path.includes('/commander/')) return undefined
      // Commander starts programs for subcommands of their own, which Chartroom has none of.
      const lazyBuiltin = code.replace(
        "const childProcess = require('node:child_process');",
        "const childProcess = { get spawn() { return require('node:child_process').spawn; } };",
      )
      return lazyBuiltin.replace(/^import \{([^}]*)\} from '([^']*)'$/gm, (statement, names, specifier) => {
        if (!Object.hasOwn(modules, specifier)) return statement
        return names
          .split(',')
          .map((name) => name.trim())
          .filter(Boolean)
          .map(
            (name) =>
              `const ${name} = (...given) => require('./${lazyName(specifier)}.cjs').${name}(...given)`,
          )
          .join('\n')
      })
    },
  }
}

const cjs = {
  format: 'cjs',
  exports: 'named',
  // Minified it starts no faster, and stack traces and reviewers would lose the names.
  minify: false,
  // Read at every start; the licences are in LICENSES.txt.
  comments: false,
}

/** What only calls need that have something to keep: beside `start.cjs`, which is compiled at every start. */
const lazyAtStart = {
  './command-script.ts': join(packages, 'cli', 'src', 'start', 'command-script.ts'),
  './keep-code.ts': join(packages, 'cli', 'src', 'start', 'keep-code.ts'),
}

/** What loads the program, in files that share nothing, because each costs a start more than what it repeats. */
async function bundleStart(dir) {
  const { rolldown } = await import('rolldown')
  const lazy = Object.entries(lazyAtStart).map(([specifier, file]) => [lazyName(specifier), file])
  for (const [name, input] of [['start', join(packages, 'cli', 'src', 'start', 'start.ts')], ...lazy]) {
    const bundler = await rolldown({
      input,
      platform: 'node',
      plugins: [lazyFunctions(lazyAtStart)],
      transform: { target: 'node20' },
    })
    await bundler.write({ ...cjs, file: join(dir, `${name}.cjs`) })
    await bundler.close()
  }
}

/** The files that every call loads, and those that every call of a command loads besides, by its name. */
function filesOfCommands(output) {
  const commands = output.filter(({ facadeModuleId }) =>
    /[\\/]src[\\/]command[\\/]/.test(facadeModuleId ?? ''),
  )
  const named = commands.map((chunk) => [basename(chunk.facadeModuleId, '.ts'), chunk])
  const main = output.find(({ name }) => name === 'main')
  return Object.fromEntries(
    [['main', main], ...named].map(([name, chunk]) => [name, loadedWith(chunk, output)]),
  )
}

/** Names of a chunk and of all that it imports at once, in the folder of chunks. */
function loadedWith(chunk, output) {
  const files = new Set([chunk])
  for (const { imports = [] } of files) {
    for (const file of imports) {
      const imported = output.find(({ fileName }) => fileName === file)
      if (imported !== undefined) files.add(imported)
    }
  }
  return [...files].map(({ fileName }) => basename(fileName))
}

function digestOf(output) {
  const hash = createHash('sha256')
  for (const { fileName, code = '' } of output) hash.update(`${fileName}\0${code.length}\0${code}`)
  return hash.digest('hex')
}

/** V8 keeps a text with a single other character in twice the space, and reads it slower. */
function ascii() {
  return {
    name: 'ascii',
    renderChunk(code, { fileName }) {
      // Where an escape would not mean its character.
      if (/\\[^\x00-\x7f]|String\.raw`[^`]*[^\x00-\x7f]/.test(code)) {
        throw new Error(`${fileName} has characters beyond ASCII that cannot be escaped`)
      }
      const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
      return code.replace(/[^\x00-\x7f]/g, escaped)
    },
  }
}

async function bundle(dir) {
  const output = await bundleProgram(join(packages, 'cli', 'src', 'main.ts'), dir, 'chunks/main.cjs')
  await bundleStart(dir)
  writeFileSync(join(dir, 'chunks', 'files.json'), JSON.stringify(filesOfCommands(output)))
  // Names what kept code was compiled from.
  writeFileSync(join(dir, 'build-id'), digestOf(output).slice(0, 16))
}

/**
 * A program as CommonJS chunks that load on demand, with the licences of what is in it. Returns the chunks.
 * `entry` is the file that starts it: in chunks/ it may itself use what loads on demand.
 */
export async function bundleProgram(main, dir, entry = 'main.cjs') {
  const { rolldown } = await import('rolldown')
  const bundler = await rolldown({
    input: {
      main,
      ...Object.fromEntries(
        Object.entries(lazyModules).map(([specifier, file]) => [lazyName(specifier), file]),
      ),
    },
    platform: 'node',
    plugins: [lazyFunctions(lazyModules), ascii()],
    resolve: { conditionNames: ['source', 'node', 'import', 'default'] },
    transform: { target: 'node20' },
  })
  const { output } = await bundler.write({
    dir,
    ...cjs,
    // Or a builtin that is loaded on demand would bring the loader of ES modules along.
    dynamicImportInCjs: false,
    entryFileNames: ({ name }) => (name === 'main' ? entry : `chunks/${name}.cjs`),
    chunkFileNames: 'chunks/[name]-[hash].cjs',
  })
  await bundler.close()
  copyFileSync(join(root, 'LICENSE'), join(dir, 'LICENSE'))
  writeFileSync(join(dir, 'LICENSES.txt'), noticesOf(output.flatMap((chunk) => chunk.moduleIds ?? [])))
  return output
}

function isBuilt(inputs) {
  return existsSync(join(cliDist, 'start.cjs')) && readOr(stamp, '') === inputs
}

async function withLock(work) {
  const lock = join(cache, 'build.lock')
  mkdirSync(cache, { recursive: true })
  while (!tryLock(lock)) await new Promise((done) => setTimeout(done, 100))
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function tryLock(lock) {
  try {
    writeFileSync(lock, `${process.pid}`, { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    // Left by a process that was killed: a build takes seconds.
    if (Date.now() - statSync(lock, { throwIfNoEntry: false })?.mtimeMs > 120_000)
      rmSync(lock, { force: true })
    return false
  }
}

/** What the bundle is made of: sources that are no tests, each package's manifest, and how it is built. */
function inputFiles() {
  const rooms = readdirSync(packages).filter((name) => !['action', 'testkit'].includes(name))
  const own = ['build.mjs', 'notices.mjs'].map((name) => join(root, 'tools', name))
  const manifests = rooms.map((name) => join(packages, name, 'package.json'))
  return [...rooms.flatMap(sourcesOf), ...manifests, ...own, join(root, 'package-lock.json')].sort()
}

function sourcesOf(room) {
  const home = join(packages, room, 'src')
  return readdirSync(home, { recursive: true })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => join(home, path))
}

function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths) {
    // The length parts name from content, so that no two lists of files hash alike.
    const content = readFileSync(path)
    hash.update(`${relative(root, path)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function readOr(path, fallback) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return fallback
    throw error
  }
}

function inOrder(libraries) {
  const done = []
  const visit = ({ name, manifest }) => {
    if (done.some((entry) => entry.name === name)) return
    for (const dependency of Object.keys(manifest.dependencies ?? {})) {
      const before = libraries.find((entry) => entry.manifest.name === dependency)
      if (before) visit(before)
    }
    done.push({ name, manifest })
  }
  libraries.forEach(visit)
  return done
}

function compile({ name }) {
  const home = join(packages, name)
  const config = join(cache, 'libraries', `${name}.json`)
  mkdirSync(join(cache, 'libraries'), { recursive: true })
  rmSync(join(home, 'dist'), { recursive: true, force: true })
  writeFileSync(config, JSON.stringify(libraryConfig(home)))
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', config], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`tsc failed for ${name}:\n${stdout}`)
  copyFileSync(join(root, 'LICENSE'), join(home, 'dist', 'LICENSE'))
}

function libraryConfig(home) {
  return {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      // tsc compiles a whole package at once, so declarations may be inferred (`4 * 1024`).
      isolatedDeclarations: false,
      rootDir: join(home, 'src'),
      outDir: join(home, 'dist'),
      // Other packages are taken as a user of the published ones gets them: from their declarations.
      customConditions: [],
      typeRoots: [join(root, 'node_modules', '@types')],
    },
    include: [join(home, 'src', '**', '*.ts')],
    exclude: [join(home, 'src', '**', '*.test.ts')],
  }
}

async function main() {
  ensureInstalled()
  const built = await build()
  process.stderr.write(built ? 'Built packages/cli/dist\n' : 'packages/cli/dist is up to date\n')
  if (process.argv.includes('--action')) {
    // It imports this module, which is not there before its main is done.
    const script = join(root, 'tools', 'action-dist.mjs')
    process.exitCode = spawnSync(process.execPath, [script], { stdio: 'inherit' }).status ?? 1
  }
  if (process.argv.includes('--libraries')) {
    buildLibraries()
    process.stderr.write('Built the libraries\n')
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
