import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { readFolder } from './read-folder.ts'

const chartYaml = 'apiVersion: v2\nname: c\nversion: 1.0.0\n'
let work = ''
beforeAll(() => {
  // Resolved, because the temporary folder of macOS is a link.
  work = realpathSync(mkdtempSync(join(tmpdir(), 'read-folder-')))
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

describe('readFolder', () => {
  it('gives every file as it stands there', async () => {
    const chart = await readFolder(folder({ 'Chart.yaml': `# top\n${chartYaml}`, 'a/b': 'x' }))
    expect(names(chart)).toEqual(['Chart.yaml', 'a/b'])
    expect(Buffer.from(chart.files[0]?.data ?? []).toString()).toBe(`# top\n${chartYaml}`)
  })

  it('says where it looked for Chart.yaml', async () => {
    const path = folder({ 'values.yaml': '' })
    await expect(readFolder(path)).rejects.toMatchObject({
      code: 'CHART_NOT_FOUND',
      message: expect.stringContaining(`unable to detect chart at ${join(path, 'Chart.yaml')}`),
    })
  })

  it.skipIf(process.platform === 'win32')('refuses a socket rather than open it', async () => {
    const path = folder({ 'Chart.yaml': chartYaml })
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(join(path, 'socket'), resolve))
    await expect(readFolder(path)).rejects.toThrow(`cannot load irregular file ${join(path, 'socket')}`)
    server.close()
  })
})

describe('readFolder follows symbolic links', () => {
  it('inside the chart', async () => {
    const path = folder({ 'Chart.yaml': chartYaml, 'real/a': '1' })
    symlinkSync('real', join(path, 'linked'))
    expect(names(await readFolder(path))).toEqual(['Chart.yaml', 'linked/a', 'real/a'])
  })

  it('anywhere in the git work tree of the chart', async () => {
    const tree = folder({ '.git/HEAD': 'x', 'shared/a': '1', 'chart/Chart.yaml': chartYaml })
    symlinkSync('../shared', join(tree, 'chart', 'lib'))
    expect(names(await readFolder(join(tree, 'chart')))).toEqual(['Chart.yaml', 'lib/a'])
  })

  it('not out of the chart where there is no work tree', async () => {
    const path = folder({ 'Chart.yaml': chartYaml })
    const secret = join(folder({ secret: 's' }), 'secret')
    symlinkSync(secret, join(path, 'config.yaml'))
    await expect(readFolder(path)).rejects.toMatchObject({ code: 'CHART_INVALID' })
    await expect(readFolder(path)).rejects.toThrow(`leads out of ${path}`)
  })

  it('not to a folder whose name only begins alike', async () => {
    const path = folder({ 'c/Chart.yaml': chartYaml, 'c-secret/a': 's' })
    symlinkSync('../c-secret', join(path, 'c', 'l'))
    await expect(readFolder(join(path, 'c'))).rejects.toThrow('leads out of')
  })

  it('to where the caller allows', async () => {
    const path = folder({ 'chart/Chart.yaml': chartYaml, 'shared/a': '1' })
    symlinkSync('../shared', join(path, 'chart', 'lib'))
    expect(names(await readFolder(join(path, 'chart'), { linkRoot: path }))).toEqual(['Chart.yaml', 'lib/a'])
  })

  it('but not in circles', async () => {
    const path = folder({ 'Chart.yaml': chartYaml, 'a/b/x': '1' })
    symlinkSync('../..', join(path, 'a/b/up'))
    await expect(readFolder(path)).rejects.toThrow('symbolic links lead')
  })

  it('but not through its own parent and down again', async () => {
    const tree = folder({ '.git/HEAD': 'x', 'chart/Chart.yaml': chartYaml })
    symlinkSync('..', join(tree, 'chart', 'up'))
    await expect(readFolder(join(tree, 'chart'))).rejects.toThrow('symbolic links lead')
  })

  it('to the chart itself', async () => {
    const path = folder({ 'Chart.yaml': chartYaml })
    const link = join(work, 'link-to-chart')
    symlinkSync(path, link)
    expect(names(await readFolder(link))).toEqual(['Chart.yaml'])
  })
})

describe('readFolder has limits:', () => {
  it('the size of a file', async () => {
    const path = folder({ 'Chart.yaml': chartYaml, big: '' })
    truncateSync(join(path, 'big'), limits.fileBytes + 1)
    await expect(readFolder(path)).rejects.toThrow(
      'chart file "big" is larger than the maximum file size 5242880',
    )
  })

  it('the size of all files', async () => {
    const path = folder({ 'Chart.yaml': chartYaml })
    for (let i = 0; i < 21; i++) {
      writeFileSync(join(path, `f${i}`), '')
      truncateSync(join(path, `f${i}`), limits.fileBytes)
    }
    await expect(readFolder(path)).rejects.toThrow('chart is larger than the maximum size 104857600')
  })

  it('the depth of folders', async () => {
    const path = folder({ 'Chart.yaml': chartYaml, [`${'d/'.repeat(limits.folderDepth)}x`]: '' })
    await expect(readFolder(path)).rejects.toThrow('folders are nested more than 64 deep')
  })

  it('the number of files', async () => {
    const path = folder({ 'Chart.yaml': chartYaml })
    mkdirSync(join(path, 'real'))
    for (let i = 0; i < 200; i++) writeFileSync(join(path, 'real', `f${i}`), '')
    for (let i = 0; i < limits.entries / 200; i++) symlinkSync('real', join(path, `l${i}`))
    await expect(readFolder(path)).rejects.toThrow('holds more than 20000 files and folders')
  })

  it('the size of .helmignore', async () => {
    const path = folder({ 'Chart.yaml': chartYaml, '.helmignore': '' })
    truncateSync(join(path, '.helmignore'), limits.fileBytes + 1)
    await expect(readFolder(path)).rejects.toThrow('.helmignore" is larger')
  })
})

function names(chart: Awaited<ReturnType<typeof readFolder>>): string[] {
  return chart.files.map(({ name }) => name)
}

function folder(files: Record<string, string>): string {
  const path = mkdtempSync(join(work, 'f-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), text)
  }
  return path
}
