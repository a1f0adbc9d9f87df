// Builds the peers that are missing. One line a peer; the exit code is 1 when one could not be built.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { peersFolder } from './folder.mjs'
import { pins } from './pins.mjs'

/** Returns the names of the peers that could not be installed. */
export function installPeers() {
  mkdirSync(peersFolder, { recursive: true })
  return pins.filter((pin) => !install(pin)).map(({ name }) => name)
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
    renameSync(join(work, pin.binary), target)
    process.stderr.write(`${pin.name}: built in ${((performance.now() - started) / 1000).toFixed(0)} s\n`)
    return true
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function builderOf({ inModule, inPlace }) {
  if (inPlace !== undefined) return buildInPlace
  return inModule === undefined ? goInstall : buildInModule
}

function goInstall({ module, ldflags = '' }, work) {
  return go(['install', '-trimpath', '-ldflags', ldflags, module], { GOBIN: work })
}

function buildInModule({ inModule, version, package: main, binary }, work) {
  writeFileSync(join(work, 'go.mod'), 'module peer\n')
  return (
    go(['get', `${inModule}@${version}`], { GOFLAGS: '-mod=mod' }, work) ??
    go(['build', '-trimpath', '-o', join(work, binary), main], { GOFLAGS: '-mod=mod' }, work)
  )
}

function buildInPlace({ inPlace, package: main, binary, ldflags }, work) {
  const failure = go(['mod', 'download', inPlace], {}, work)
  if (failure !== undefined) return failure
  const { stdout } = spawnSync('go', ['mod', 'download', '-json', inPlace], { cwd: work, encoding: 'utf8' })
  const args = ['build', '-mod=readonly', '-trimpath', '-ldflags', ldflags, '-o', join(work, binary), main]
  return go(args, {}, JSON.parse(stdout).Dir)
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
