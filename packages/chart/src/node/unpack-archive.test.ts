import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rawTar } from '../../fixtures/tar-bytes.ts'
import { checkWindowsName, unpackArchive } from './unpack-archive.ts'

let work = ''
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'unpack-archive-'))
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

describe('unpackArchive', () => {
  it('writes regular files below a folder with the name in Chart.yaml, not the one in the archive', async () => {
    const path = await unpackArchive(
      pack('mine', { name: 'other/a/b.txt', data: 'x' }),
      join(work, 'new', 'place'),
    )
    expect(path).toBe(join(work, 'new', 'place', 'mine'))
    expect(readdirSync(path).sort()).toEqual(['Chart.yaml', 'a'])
    expect(readFileSync(join(path, 'a', 'b.txt'), 'utf8')).toBe('x')
  })

  it('strips a byte order mark, as helm does', async () => {
    const path = await unpackArchive(pack('mark', { name: 'other/a', data: '\ufeffx' }), work)
    expect(readFileSync(join(path, 'a'), 'utf8')).toBe('x')
  })

  it('sets no bit for execution', async () => {
    const path = await unpackArchive(pack('mode', { name: 'other/run.sh', mode: 0o755 }), work)
    expect(lstatSync(join(path, 'run.sh')).mode & 0o111).toBe(0)
  })

  it.each(['folder', 'file', 'link'])('leaves a %s that stands in its way as it is', async (kind) => {
    const there = join(work, `there-${kind}`)
    if (kind === 'folder') mkdirSync(there)
    if (kind === 'file') writeFileSync(there, 'mine')
    if (kind === 'link') symlinkSync(join(work, 'elsewhere'), there)
    await expect(unpackArchive(pack(`there-${kind}`), work)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: `failed to untar: a file or directory with the name ${there} already exists`,
    })
    expect(lstatSync(there).isSymbolicLink()).toBe(kind === 'link')
    expect(readdirSync(work)).not.toContain('elsewhere')
  })

  it.each(['..', '.', 'a/b', '../x'])('refuses the chart name %s', async (name) => {
    await expect(unpackArchive(pack(name), work)).rejects.toThrow('validation: chart.metadata.name')
  })

  it('writes nothing of an archive with one bad entry', async () => {
    await expect(unpackArchive(pack('bad', { name: '../evil', data: 'x' }), work)).rejects.toMatchObject({
      code: 'ARCHIVE_INVALID',
    })
    expect(readdirSync(work)).not.toContain('bad')
  })
})

// CVE-2026-50162 and CVE-2026-50163 (oras-go): an entry that is written through a link that came before it.
describe('an archive with a link', () => {
  it.each([
    ['symbolic to a folder outside', { name: 'c/out', type: '2', link: '..' }, 'c/out/evil'],
    ['symbolic to a whole path', { name: 'c/out', type: '2', link: tmpdir() }, 'c/out/evil'],
    ['symbolic in the place of the chart', { name: 'c', type: '2', link: '..' }, 'c/evil'],
    ['hard to a file outside', { name: 'c/evil', type: '1', link: '../secret' }, 'c/evil'],
    ['hard to a file inside', { name: 'c/evil', type: '1', link: 'c/Chart.yaml' }, 'c/evil'],
  ])('%s writes nothing, neither there nor here', async (kind, link, through) => {
    const name = `linked-${kind.replaceAll(' ', '-')}`
    writeFileSync(join(work, 'secret'), 'kept')
    const archive = pack(name, link, { name: through, data: 'evil' })
    await expect(unpackArchive(archive, work)).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' })
    expect(readdirSync(work)).not.toContain(name)
    expect(readdirSync(work)).not.toContain('evil')
    expect(readdirSync(tmpdir())).not.toContain('evil')
    expect(readFileSync(join(work, 'secret'), 'utf8')).toBe('kept')
  })
})

describe('checkWindowsName', () => {
  it.each(['a/con', 'NUL.txt', 'a:b', 'dot.', 'space ', 'a?b', 'com1/x'])('refuses %s', (name) => {
    expect(() => checkWindowsName(name)).toThrow('Windows cannot hold')
  })

  it.each(['a/b.c', 'console', '.helmignore', 'com'])('takes %s', (name) => {
    expect(() => checkWindowsName(name)).not.toThrow()
  })
})

function pack(name: string, ...more: Parameters<typeof rawTar>): Buffer {
  return gzipSync(rawTar({ name: 'other/Chart.yaml', data: `name: ${name}\nversion: 1.0.0\n` }, ...more))
}
