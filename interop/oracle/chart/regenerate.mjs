/**
 * Asks the real helm 4.2.4 what it makes of every case: the entries of its archive, and the config and
 * annotations it pushes, or its error. Writes packages/chart/golden/folders.json.
 *
 *   node interop/oracle/chart/regenerate.mjs
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cases } from './cases.mjs'

const peers = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'chartroom', 'peers')
const helm = join(peers, 'helm-4.2.4', 'helm')
const registry = join(peers, 'registry-3.1.1', 'registry')
const golden = new URL('../../../packages/chart/golden/folders.json', import.meta.url)
const work = mkdtempSync(join(tmpdir(), 'chart-oracle-'))
const env = { PATH: process.env.PATH, HOME: work, TZ: 'UTC' }
const created = new Date('2021-02-03T04:05:06Z')

const { url, stop } = await startRegistry()
try {
  const results = {}
  for (const [name, files] of Object.entries(cases)) results[name] = await ask(files)
  const text = JSON.stringify({ helm: '4.2.4', created: created.toISOString(), cases: results }, null, 1)
  writeFileSync(golden, `${text}\n`)
  const errors = Object.values(results).filter(({ error }) => error !== undefined).length
  console.log(`${Object.keys(results).length} cases, ${errors} of them errors`)
} finally {
  stop()
  rmSync(work, { recursive: true, force: true })
}

async function ask(given) {
  const folder = mkdtempSync(join(work, 'case-'))
  const files = write(join(folder, 'c'), given)
  const error = package_(join(folder, 'c'), join(folder, 'out'))
  if (error !== undefined) return { files, error: error.replaceAll(folder, '/work') }
  const [archive] = execFileSync('ls', [join(folder, 'out')], { encoding: 'utf8' })
    .trim()
    .split('\n')
  const path = join(folder, 'out', archive)
  return { files, archive, entries: list(path, folder), ...(await push(path)) }
}

function write(folder, files) {
  const written = {}
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    written[name] = content
    if (typeof content === 'string') writeFileSync(path, content)
    else if (content.link !== undefined) symlinkSync(content.link, path)
    else {
      const base64 = content.base64 ?? pack(content.archive)
      written[name] = { base64 }
      writeFileSync(path, Buffer.from(base64, 'base64'))
    }
    // Helm puts the file's time into the archives that go into the golden file.
    if (typeof content === 'string' || content.link === undefined) utimesSync(path, created, created)
  }
  return written
}

function pack(files) {
  const folder = mkdtempSync(join(work, 'sub-'))
  write(join(folder, 's'), files)
  package_(join(folder, 's'), join(folder, 'out'))
  const [archive] = execFileSync('ls', [join(folder, 'out')], { encoding: 'utf8' })
    .trim()
    .split('\n')
  return readFileSync(join(folder, 'out', archive)).toString('base64')
}

function package_(folder, out) {
  try {
    execFileSync(helm, ['package', folder, '-d', out], { env, stdio: 'pipe' })
    return undefined
  } catch (error) {
    return error.stderr
      .toString()
      .split('\n')
      .filter((line) => line.startsWith('Error: '))
      .join('\n')
      .slice('Error: '.length)
  }
}

function list(path, folder) {
  const out = join(folder, 'entries')
  const script =
    'import sys,tarfile,base64,json\nr={}\nfor m in tarfile.open(sys.argv[1]): r[m.name]=base64.b64encode(tarfile.open(sys.argv[1]).extractfile(m).read()).decode()\nopen(sys.argv[2],"w").write(json.dumps(r))'
  execFileSync('python3', ['-c', script, path, out])
  const entries = Object.entries(JSON.parse(readFileSync(out, 'utf8'))).sort(([a], [b]) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  )
  return Object.fromEntries(entries.map(([name, base64]) => [name, textOr(base64)]))
}

function textOr(base64) {
  const bytes = Buffer.from(base64, 'base64')
  const text = bytes.toString('utf8')
  return Buffer.from(text).equals(bytes) ? text : { base64 }
}

/** Undefined where the registry's rules for names and tags stand in the way. */
async function push(path) {
  utimesSync(path, created, created)
  let said
  try {
    said = execFileSync(helm, ['push', path, `oci://${url}/x`, '--plain-http'], {
      env,
      stdio: 'pipe',
      encoding: 'utf8',
    })
  } catch (error) {
    return { pushError: error.stderr.split('\n')[0] }
  }
  const [, repository, tag] = /Pushed: [^/]+\/(.*):([^:\n]+)\n/.exec(said)
  const manifest = await (
    await fetch(`http://${url}/v2/${repository}/manifests/${tag}`, {
      headers: { accept: 'application/vnd.oci.image.manifest.v1+json' },
    })
  ).text()
  const { config } = JSON.parse(manifest)
  const blob = await (await fetch(`http://${url}/v2/${repository}/blobs/${config.digest}`)).text()
  return {
    tag,
    config: blob,
    annotations: manifest.slice(manifest.indexOf('"annotations":') + '"annotations":'.length, -1),
  }
}

async function startRegistry() {
  const port = await freePort()
  const config = join(work, 'registry.yml')
  writeFileSync(
    config,
    `version: 0.1\nlog: {level: error}\nstorage: {inmemory: {}}\nhttp: {addr: "127.0.0.1:${port}"}\n`,
  )
  const child = spawn(registry, ['serve', config], {
    env: { ...env, OTEL_TRACES_EXPORTER: 'none' },
    stdio: 'ignore',
  })
  for (let i = 0; i < 100; i++) {
    const up = await fetch(`http://127.0.0.1:${port}/v2/`).then(
      () => true,
      () => false,
    )
    if (up) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { url: `127.0.0.1:${port}`, stop: () => child.kill() }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
