import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Home } from '../workspace.ts'
import { ensureBuilt, program, run, serve, temporaryHome, workspace, writeChart } from '../workspace.ts'
import { startWebsite } from './website.ts'

let home: Home
let page: string

beforeAll(async () => {
  await ensureBuilt()
  home = await temporaryHome()
  page = await readFile(join(workspace, 'docs', 'choosing.md'), 'utf8')
})

afterAll(() => home?.remove())

async function chartroom(...args: string[]): Promise<void> {
  const { code, stderr } = await run(process.execPath, [program, ...args], {
    cwd: home.folder,
    env: home.env,
  })
  expect(code, stderr).toBe(0)
}

describe('docs/choosing.md', () => {
  it('S29a says what each way needs, and each works with no more than that', async () => {
    expect(page).toMatch(/\| you need \| a registry, .*\| any web server: .*\|/)
    await writeChart(join(home.folder, 'app'), { name: 'app', version: '1.0.0' })
    const registry = await serve(home)
    const web = await startWebsite(join(home.folder, 'site'))
    await chartroom('publish', 'app', '--to', `oci://${registry.host}/charts`, '--to', 'site')
    await chartroom('pull', `oci://${registry.host}/charts/app`, '-d', 'from-registry')
    await chartroom('pull', 'app', '--repo', web.url, '-d', 'from-web')
    expect(await digestOf('from-registry/app-1.0.0.tgz')).toBe(await digestOf('from-web/app-1.0.0.tgz'))
    await web.close()
    await registry.close()
  })

  it('S29d says what storage costs, and it costs that', async () => {
    expect(page).toContain('Two versions of a chart take the size of two archives')
    const storage = join(home.folder, 'measured')
    const chart = join(home.folder, 'big')
    await writeChart(chart, { name: 'big', version: '1.0.0' })
    // Content that compression cannot shrink, so that archives outweigh manifests and folders.
    const noise = Array.from({ length: 4000 }, (_, i) =>
      createHash('sha256').update(`${i}`).digest('hex'),
    ).join('\n')
    await writeFile(join(chart, 'README.md'), noise)
    const publish = async (namespace: string, tag: string): Promise<number> => {
      await chartroom('publish', 'big', '--to', `oci://${registry.host}/${namespace}`, '--tag', tag)
      return bytesIn(storage)
    }
    const registry = await serve(home, ['--storage', storage])
    await chartroom('package', 'big', '-d', 'archive')
    const archive = (await stat(join(home.folder, 'archive', 'big-1.0.0.tgz'))).size
    const first = await publish('one', 'a')
    const secondTag = await publish('one', 'b')
    const secondRepository = await publish('two', 'a')
    await writeChart(chart, { name: 'big', version: '1.0.1' })
    await writeFile(join(chart, 'README.md'), noise)
    const secondVersion = await publish('one', 'a')
    await registry.close()
    const small = archive / 20
    expect(first).toBeGreaterThan(archive)
    expect(first).toBeLessThan(archive + small)
    expect(secondTag - first).toBeLessThan(small)
    expect(secondRepository - secondTag).toBeLessThan(small)
    expect(secondVersion - secondRepository).toBeGreaterThan(archive * 0.95)
    expect(secondVersion - secondRepository).toBeLessThan(archive + small)
  })
})

async function digestOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(home.folder, path)))
    .digest('hex')
}

function bytesIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
    statSync(join(folder, name)),
  )
  return files.filter((file) => file.isFile()).reduce((sum, { size }) => sum + size, 0)
}
