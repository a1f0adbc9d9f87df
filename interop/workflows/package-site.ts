import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answer, Site } from '@chartroom/testkit/vendors'
import { ensureBuilt, run, workspace } from '../workspace.ts'

const host = 'packages.example.com'

/** What a program in a pipeline needs to take packages from `packageSite`. */
export const packageEnv: Readonly<Record<string, string>> = { npm_config_registry: `https://${host}/` }

/** A registry of packages that has one: the command line, packed from what is built here. */
export async function packageSite(): Promise<Site> {
  const { manifest, bytes } = await packedProgram()
  const { name, version } = manifest
  const file = `/${name}/-/${name}-${version}.tgz`
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
  const dist = { tarball: `https://${host}${file}`, integrity }
  const listing = { name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } }
  return {
    host,
    service({ url }): Answer {
      if (url.pathname === file)
        return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: bytes }
      if (url.pathname !== `/${name}`) return { status: 404, body: '{}' }
      return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(listing) }
    },
  }
}

interface Packed {
  readonly manifest: { readonly name: string; readonly version: string }
  readonly bytes: Buffer
}

/** The command line as `npm pack` packs it. */
export async function packedProgram(): Promise<Packed> {
  await ensureBuilt()
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-packed-'))
  try {
    const args = ['pack', '--workspace', 'chartroom', '--pack-destination', folder]
    const { code, stderr } = await run('npm', args, { cwd: workspace })
    if (code !== 0) throw new Error(stderr)
    const [name = ''] = await readdir(folder)
    const text = await readFile(join(workspace, 'packages', 'cli', 'package.json'), 'utf8')
    // What a bundle is built of is not installed with it.
    const { devDependencies: _, ...manifest } = JSON.parse(text) as Packed['manifest'] & {
      devDependencies: object
    }
    return { manifest, bytes: await readFile(join(folder, name)) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
