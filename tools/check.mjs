// npm run check: format, lint, types, unused code and package checks, one line each; what a failed one
// printed follows its line.
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build, buildLibraries, publishedLibraries } from './build.mjs'
import { ensureInstalled, root, runNpm } from './install.mjs'

const modules = join(root, 'node_modules')
const packed = join(modules, '.cache', 'chartroom', 'packed')

const checks = [
  { name: 'format', run: () => tool('@biomejs/biome/bin/biome', ['format', '.']) },
  { name: 'lint', run: () => tool('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']) },
  { name: 'types', run: () => tool('typescript/bin/tsc', ['--noEmit', '-p', '.']) },
  {
    name: 'unused code',
    run: () => tool('knip/bin/knip.js', ['--no-progress']),
  },
  { name: 'packages', run: checkPackages },
]

/** Each published package as its users get it: packed, then read by publint and, for types, by attw. */
async function checkPackages() {
  await build()
  buildLibraries()
  rmSync(packed, { recursive: true, force: true })
  mkdirSync(packed, { recursive: true })
  const names = [...publishedLibraries().map(({ manifest }) => manifest.name), 'chartroom']
  pack(names)
  const results = []
  for (const archive of readdirSync(packed).sort()) results.push(await checkArchive(join(packed, archive)))
  return { ok: results.every(({ ok }) => ok), output: results.map(({ output }) => output).join('') }
}

function pack(names) {
  const workspaces = names.flatMap((name) => ['--workspace', name])
  const { status, stderr } = runNpm(['pack', '--pack-destination', packed, ...workspaces], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`npm pack failed:\n${stderr}`)
}

async function checkArchive(archive) {
  const lint = await tool('publint/src/cli.js', ['run', archive, '--strict'])
  // The command line has a bin and no exports: nothing that types could be wrong for.
  if (/[\\/]chartroom-\d/.test(archive)) return lint
  const types = await tool('@arethetypeswrong/cli/dist/index.js', [
    archive,
    '--profile',
    'esm-only',
    '--no-color',
  ])
  return {
    ok: lint.ok && types.ok,
    output: `${lint.ok ? '' : lint.output}${types.ok ? '' : types.output}`,
  }
}

function tool(script, args) {
  const child = spawn(process.execPath, [join(modules, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  })
  const chunks = []
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  child.stderr.on('data', (chunk) => chunks.push(chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ ok: code === 0, output: Buffer.concat(chunks).toString() }))
  })
}

async function timed({ name, run }) {
  const start = performance.now()
  const { ok, output } = await run().catch((error) => ({ ok: false, output: `${error.message}\n` }))
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n${ok ? '' : output}`)
  return ok
}

ensureInstalled()
const wanted = process.argv.slice(2)
let failed = 0
for (const check of checks) {
  if (wanted.length > 0 && !wanted.includes(check.name)) continue
  if (!(await timed(check))) failed += 1
}
process.exitCode = failed === 0 ? 0 : 1
