import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findHelm, helmInstallAdvice } from './helm.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'chartroom-helm-'))
})

afterEach(() => rm(root, { recursive: true }))

async function fakeHelm(name: string, script: string): Promise<string> {
  const folder = join(root, name)
  await mkdir(folder)
  await writeFile(join(folder, 'helm'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return folder
}

describe.skipIf(process.platform === 'win32')('findHelm', () => {
  it.each([
    ['v3.7.2+gabc', 'too-old', 'v3.7.2'],
    ['v3.8.0+gd141386', 'supported', 'v3.8.0'],
    ['v3.21.4', 'supported', 'v3.21.4'],
    ['v4.2.4+gfff', 'current', 'v4.2.4'],
    ['v4.0.0-rc.1', 'supported', 'v4.0.0-rc.1'],
  ])('S7 judges a helm that says %s as %s', async (says, verdict, version) => {
    const folder = await fakeHelm('one', `echo '${says}'`)
    const [found] = await findHelm({
      env: { PATH: `${folder}${delimiter}/bin` },
      cwd: root,
      platform: 'linux',
    })
    expect(found).toMatchObject({ path: join(folder, 'helm'), verdict, version })
  })

  it.each([
    ['garbage', 'echo not a version'],
    ['a crash', 'exit 3'],
  ])('S7 says that it cannot read %s', async (_, script) => {
    const folder = await fakeHelm('one', script)
    const found = await findHelm({ env: { PATH: `${folder}${delimiter}/bin` }, cwd: root, platform: 'linux' })
    expect(found).toHaveLength(1)
    expect(found[0]?.verdict).toBe('unknown')
  })

  it('finds every helm on the path, once', async () => {
    const one = await fakeHelm('one', 'echo v3.8.1')
    const two = await fakeHelm('two', 'echo v4.1.0')
    const PATH = [one, two, one, '/bin'].join(delimiter)
    const found = await findHelm({ env: { PATH }, cwd: root, platform: 'linux' })
    expect(found.map(({ verdict }) => verdict)).toEqual(['supported', 'current'])
  })

  it('S49 never advises to pipe a script into a shell', () => {
    expect(helmInstallAdvice.join('\n')).not.toMatch(/\|\s*(ba|z)?sh\b|curl/)
  })
})
