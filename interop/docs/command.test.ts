import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { peer } from '../peers/peers.ts'
import type { Home, Served } from '../workspace.ts'
import { ensureBuilt, program, run, serve, temporaryHome, workspace } from '../workspace.ts'
import { blocksOf, pages } from './block.ts'

const helm = peer('helm-4.2.4')

let home: Home
let count = 0

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  const bin = join(home.folder, 'bin')
  await mkdir(bin)
  for (const [name, file] of [
    ['chartroom', program],
    ['docker-credential-chartroom', join(dirname(program), 'docker-credential-chartroom.cjs')],
  ] as const) {
    await writeFile(join(bin, name), `#!/bin/sh\nexec '${process.execPath}' '${file}' "$@"\n`)
    await chmod(join(bin, name), 0o755)
  }
})

afterAll(() => home?.remove())

/** A folder as the reader of a page has it: a chart, a chartroom.yaml, and a registry. */
async function desk(): Promise<{ folder: string; registry: Served }> {
  count += 1
  const folder = join(home.folder, `desk-${count}`)
  await mkdir(folder)
  await cp(join(workspace, 'deployments', 'helm', 'hypersdk'), join(folder, 'chart'), { recursive: true })
  await cp(join(workspace, 'chartroom.yaml'), join(folder, 'chartroom.yaml'))
  return { folder, registry: await serve(home) }
}

async function bash(script: string, folder: string): Promise<void> {
  const PATH = [
    join(home.folder, 'bin'),
    ...(helm === undefined ? [] : [dirname(helm)]),
    home.env['PATH'],
  ].join(':')
  const ended = await run('bash', ['-eu', '-o', 'pipefail', '-x', '-c', script], {
    cwd: folder,
    env: { ...home.env, PATH },
  })
  expect(ended.code, `${ended.stdout}\n${ended.stderr}`).toBe(0)
}

describe('the commands in', () => {
  const tested = pages.filter((page) => blocksOf(page).some(({ info }) => info === 'sh test'))

  it.each(tested)('%s run', async (page) => {
    const { folder, registry } = await desk()
    const scripts = blocksOf(page).filter(({ info }) => info === 'sh test')
    try {
      await bash(
        scripts.map(({ text }) => text.replaceAll('127.0.0.1:5000', registry.host)).join('\n'),
        folder,
      )
    } finally {
      await registry.close()
    }
  })
})

describe('the quick reference', () => {
  const [fromRegistry, fromRepository] = blocksOf('docs/getting-started.md').filter(
    ({ info }) => info === 'sh quick-reference',
  )

  // No cluster here: `helm template` fetches and renders as `helm upgrade --install` does.
  const local = (text: string, { host, url }: Served): string =>
    text
      .replaceAll('helm upgrade --install', 'helm template')
      .replace(/oci:\/\/ghcr\.io\/ssahani\/charts\/(\S+)/g, `oci://${host}/charts/$1 --plain-http`)
      .replaceAll('https://ssahani.github.io/hypersdk/helm-charts', `${url}/helm/charts`)

  it.skipIf(helm === undefined).each([
    ['S55 installs from the registry with one command', fromRegistry, 1],
    ['S56 installs from the repository with two commands', fromRepository, 2],
  ])('%s', async (_, block, commands) => {
    const { folder, registry } = await desk()
    try {
      expect(block?.text.trim().split('\n')).toHaveLength(commands)
      await bash(`chartroom publish ./chart --to oci://${registry.host}/charts`, folder)
      await bash(
        `(${local(block?.text ?? '', registry)
          .trim()
          .replaceAll('\n', ' && ')}) > rendered.yaml`,
        folder,
      )
      expect(await readFile(join(folder, 'rendered.yaml'), 'utf8')).toContain('kind: Deployment')
    } finally {
      await registry.close()
    }
  })

  it('S55 S56 names the places of chartroom.yaml', async () => {
    const yaml = await readFile(join(workspace, 'chartroom.yaml'), 'utf8')
    expect(yaml).toContain('oci://ghcr.io/ssahani/charts')
    expect(fromRegistry?.text).toContain('oci://ghcr.io/ssahani/charts/hypersdk')
    expect(yaml).toContain('https://ssahani.github.io/hypersdk/helm-charts')
    expect(fromRepository?.text).toContain('https://ssahani.github.io/hypersdk/helm-charts')
  })
})
