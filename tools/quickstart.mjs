// npm run quickstart: from a fresh clone to a chart that was published to a registry and to a classic
// repository on this machine, and pulled back from both.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { build } from './build.mjs'
import { chartroom, serve, stop, storage } from './chartroom.mjs'
import { ensureInstalled, root } from './install.mjs'
import { installLines } from './install-lines.mjs'

const chart = join('deployments', 'helm', 'hypersdk')

/** Publishes once, pulls back over both protocols, and gives one row for each copy. */
async function publishAndPull({ url, work }) {
  const { host } = new URL(url)
  const registry = `oci://${host}/charts`
  const repository = `${url}/helm/charts`
  // The store is quickstart's own: after an edit of the chart the same version may be replaced here.
  const published = one(await chartroom(['publish', chart, '--to', registry, '--force']))
  const { name, version } = published
  const cache = { XDG_CACHE_HOME: join(work, 'cache') }
  const pull = async (folder, args) =>
    one(await chartroom(['pull', ...args, '-d', join(work, folder)], cache))
  const fromRegistry = await pull('oci', [`${registry}/${name}`, '--version', version])
  const fromRepository = await pull('classic', [name, '--repo', repository, '--version', version])
  return {
    name,
    version,
    registry,
    repository,
    manifestDigest: published.destinations[0].manifestDigest,
    copies: [
      { what: 'published', where: chart, digest: published.digest },
      { what: 'OCI registry', where: `${registry}/${name}:${version}`, digest: digestOf(fromRegistry.path) },
      {
        what: 'classic repository',
        where: `${repository}/index.yaml`,
        digest: digestOf(fromRepository.path),
      },
    ],
  }
}

function one({ charts }) {
  if (charts.length !== 1) throw new Error(`expected one chart, got ${charts.length}`)
  return charts[0]
}

function digestOf(path) {
  return `sha256:${createHash('sha256').update(readFileSync(path)).digest('hex')}`
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function report({ name, version, copies, stable, ...places }) {
  const rows = copies.map(({ what, where, digest }) => [what, where, digest.slice(0, 19)])
  return `
${name} ${version} is in ${relative(root, storage) || storage}, the same bytes everywhere:

${table([['WHAT', 'WHERE', 'ARCHIVE'], ...rows])}

Keep it served${stable ? ' (the addresses above stay the same)' : ' (it has another address: its port is taken just now)'}:
  npm run serve

${installLines({ name, version, ...places })}`
}

async function main() {
  ensureInstalled()
  if (await build()) process.stderr.write('Built packages/cli/dist\n')
  const work = mkdtempSync(join(tmpdir(), 'chartroom-quickstart-'))
  const server = await serve()
  try {
    const result = await publishAndPull({ url: server.url, work })
    const digests = new Set(result.copies.map(({ digest }) => digest))
    process.stdout.write(report({ ...result, stable: server.stable }))
    if (digests.size > 1) throw new Error('the copies differ: their digests are in the table above')
  } finally {
    await stop(server)
    rmSync(work, { recursive: true, force: true })
  }
}

main().catch((error) => {
  process.stderr.write(`Error: ${error.message}\n`)
  process.exitCode = 1
})
