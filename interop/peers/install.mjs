// Builds the peers that are missing. One line a peer; the exit code is 1 when one could not be built.
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { peersFolder } from './folder.mjs'
import { pins } from './pins.mjs'

/** Returns the names of the peers that could not be installed, of all or of those that are wanted. */
export function installPeers(wanted = () => true) {
  mkdirSync(peersFolder, { recursive: true })
  return pins
    .filter(wanted)
    .filter((pin) => !install(pin))
    .map(({ name }) => name)
}

function install(pin) {
  const target = join(peersFolder, pin.name, pin.binary)
  if (existsSync(target)) return true
  const started = performance.now()
  const work = mkdtempSync(join(peersFolder, '.build-'))
  try {
    const failure = builderOf(pin)(pin, work)
    if (failure !== undefined) {
      process.stderr.write(`${pin.name}: not installed: ${failure}\n`)
      return false
    }
    mkdirSync(join(peersFolder, pin.name), { recursive: true })
    // Another run may have built it meanwhile.
    if (!existsSync(target)) renameSync(join(work, pin.binary), target)
    process.stderr.write(`${pin.name}: built in ${((performance.now() - started) / 1000).toFixed(0)} s\n`)
    return true
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function builderOf({ inModule, inPlace, folders }) {
  if (folders !== undefined) return copyFolders
  if (inPlace !== undefined) return buildInPlace
  return inModule === undefined ? goInstall : buildInModule
}

function goInstall({ module, ldflags = '' }, work) {
  return go(['install', '-trimpath', '-ldflags', ldflags, module], { GOBIN: work })
}

function buildInModule(pin, work) {
  const { staging, replace = [], keepReplacements = false, renamed, requires = [] } = pin
  const { source, package: main, binary, ldflags = '' } = pin
  const module = `${pin.inModule}@${pin.version}`
  const failure = go(['mod', 'download', module], {}, work)
  if (failure !== undefined) return failure
  writeFileSync(join(work, 'go.mod'), 'module peer\n')
  if (source !== undefined)
    writeFileSync(join(work, 'main.go'), readFileSync(new URL(`../${source}`, import.meta.url)))
  const replaced = [
    ...replace,
    ...(staging === undefined ? [] : stagingReplacements(module, staging)),
    ...(keepReplacements ? ownReplacements(module) : []),
  ]
  if (renamed !== undefined) {
    const unknown = go(['mod', 'download', renamed.module], {}, work)
    if (unknown !== undefined) return unknown
    replaced.push(`${renamed.path}=${copyRenamed(renamed, work)}`)
  }
  const flags = { GOFLAGS: '-mod=mod' }
  return (
    go(['mod', 'edit', '-module=peer', ...replaced.map((one) => `-replace=${one}`)], flags, work) ??
    go(['get', module, ...requires], flags, work) ??
    go(['build', '-trimpath', '-ldflags', ldflags, '-o', join(work, binary), main], flags, work)
  )
}

/** Kubernetes requires its own libraries at v0.0.0, which exists nowhere: its release has them at another version. */
function stagingReplacements(module, version) {
  const required = JSON.parse(output(['mod', 'edit', '-json', downloaded(module).GoMod])).Require ?? []
  return required.filter((one) => one.Version === 'v0.0.0').map((one) => `${one.Path}=${one.Path}@${version}`)
}

/** The replacements of a module's own go.mod, which count only where it is the main module. */
function ownReplacements(module) {
  const own = JSON.parse(output(['mod', 'edit', '-json', downloaded(module).GoMod])).Replace ?? []
  return own
    .filter((one) => one.New.Version !== undefined)
    .map((one) => `${one.Old.Path}=${one.New.Path}@${one.New.Version}`)
}

/** Copies a module with some texts replaced by others; returns the folder as go.mod names it. */
function copyRenamed({ module, texts }, work) {
  const from = downloaded(module).Dir
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(?:go|mod|sum)$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const to = join(work, 'renamed', relative(from, path))
    const text = readFileSync(path, 'utf8')
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(
      to,
      texts.reduce((all, [old, wanted]) => all.replaceAll(old, wanted), text),
    )
  }
  return './renamed'
}

/** Copies the files of folders of a Go module, such as custom resource definitions: nothing is built. */
function copyFolders({ folders: { module, paths }, binary }, work) {
  const failure = go(['mod', 'download', module], {}, work)
  if (failure !== undefined) return failure
  mkdirSync(join(work, binary))
  for (const path of paths) {
    const from = join(downloaded(module).Dir, path)
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      if (entry.isFile()) writeFileSync(join(work, binary, entry.name), readFileSync(join(from, entry.name)))
    }
  }
  return undefined
}

/** Where the module cache keeps a module: its `Dir` and its `GoMod`. */
function downloaded(module) {
  return JSON.parse(output(['mod', 'download', '-json', module]))
}

function output(args) {
  return spawnSync('go', args, { encoding: 'utf8' }).stdout
}

function buildInPlace({ inPlace, package: main, binary, ldflags }, work) {
  const failure = go(['mod', 'download', inPlace], {}, work)
  if (failure !== undefined) return failure
  const args = ['build', '-mod=readonly', '-trimpath', '-ldflags', ldflags, '-o', join(work, binary), main]
  return go(args, {}, downloaded(inPlace).Dir)
}

/** Undefined when it went well, else the reason. */
function go(args, env, cwd) {
  const { error, status, stderr } = spawnSync('go', args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  if (error !== undefined) return error.code === 'ENOENT' ? 'there is no go on the PATH' : error.message
  return status === 0 ? undefined : (stderr.trim().split('\n').at(-1) ?? `go ended with ${status}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = installPeers().length === 0 ? 0 : 1
