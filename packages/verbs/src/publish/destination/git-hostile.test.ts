import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { branchDesk, packed, publishTo } from '../../../test/branch-desk.ts'

const branch = 'gh-pages'
const app = packed('app', '1.0.0')

describe('a branch of somebody hostile', () => {
  it.each(['index.yaml', 'app-1.0.0.tgz', 'app-1.0.0.tgz.prov'])(
    'whose %s is a link is neither read nor written',
    async (name) => {
      const desk = branchDesk()
      const index = 'apiVersion: v1\nentries: {}\n'
      const head = desk.write(branch, { 'index.yaml': index, [name]: '->/etc/passwd' })
      const result = await publishTo(desk, [app])
      expect(result).toMatchObject({ status: 'failed', error: { code: 'INDEX_INVALID' } })
      expect(result?.error?.message).toContain(`has ${name} as a symbolic link`)
      expect(desk.git('rev-parse', branch)).toBe(head)
    },
  )

  it.each([
    ['a symbolic link', '->/etc'],
    ['a file', 'text'],
  ])('whose folder is %s is refused', async (kind, content) => {
    const desk = branchDesk()
    desk.write(branch, { charts: content })
    const result = await publishTo(desk, [app], { place: `#${branch}:charts/stable` })
    expect(result?.error).toMatchObject({ code: 'INDEX_INVALID', message: expect.stringContaining(kind) })
  })

  it('whose folder is a submodule is refused, and one elsewhere stays', async () => {
    const desk = branchDesk()
    const other = desk.write('other', { a: 'b' })
    desk.git('update-ref', '-d', 'refs/heads/other')
    desk.writeTree(branch, `160000 commit ${other}\tcharts\n`)
    const refused = await publishTo(desk, [app], { place: `#${branch}:charts` })
    expect(refused?.error).toMatchObject({
      code: 'INDEX_INVALID',
      message: expect.stringContaining('a submodule'),
    })
    expect((await publishTo(desk, [app]))?.status).toBe('done')
    expect(desk.git('ls-tree', branch, 'charts')).toBe(`160000 commit ${other}\tcharts`)
  })

  it('with filters in its attributes, or hooks, runs nothing', async () => {
    const desk = branchDesk()
    const ran = join(desk.folder, 'ran')
    const hooks = join(desk.folder, 'hooks')
    mkdirSync(hooks)
    for (const name of ['pre-push', 'post-commit', 'reference-transaction', 'post-checkout', 'update']) {
      writeFileSync(join(hooks, name), `#!/bin/sh\necho ${name} >> '${ran}'\n`)
      chmodSync(join(hooks, name), 0o755)
    }
    writeFileSync(
      join(desk.folder, '.gitconfig'),
      `[core]\n\thooksPath = ${hooks}\n[filter "evil"]\n\tclean = touch '${ran}'\n\tsmudge = touch '${ran}'\n`,
    )
    // Or the remote itself would run them: it lies on this machine.
    desk.git('config', 'core.hooksPath', '/dev/null')
    desk.write(branch, { '.gitattributes': '* filter=evil\n', '.gitmodules': '[submodule "x"]\n\tpath=x\n' })
    expect((await publishTo(desk, [app]))?.status).toBe('done')
    expect(existsSync(ran)).toBe(false)
    expect(desk.git('cat-file', '-s', `${branch}:app-1.0.0.tgz`)).toBe(String(app.archive.length))
  })

  it('with names that are no text keeps them to the byte', async () => {
    const desk = branchDesk()
    const id = desk.git('hash-object', '-w', '/dev/null')
    const odd = Buffer.from([0xff, 0xfe, 0x0a, 0x22])
    const line = Buffer.concat([Buffer.from(`100755 blob ${id}\t`), odd, Buffer.from([0])])
    desk.writeTree(branch, line, '-z')
    expect((await publishTo(desk, [app]))?.status).toBe('done')
    expect(desk.git('ls-tree', '-z', branch)).toContain('100755 blob')
    expect(desk.git('ls-tree', '--name-only', branch)).toContain('"\\377\\376\\n\\""')
  })

  it.each([
    ['apiVersion: v1\nentries: [\n', 'INDEX_INVALID'],
    ['<html>not found</html>', 'INDEX_INVALID'],
    ['', 'INDEX_INVALID'],
  ])('with the index %j stays as it is', async (text, code) => {
    const desk = branchDesk()
    const head = desk.write(branch, { 'index.yaml': text })
    expect((await publishTo(desk, [app]))?.error?.code).toBe(code)
    expect(desk.git('rev-parse', branch)).toBe(head)
  })

  it('cannot be reached by another way through the settings of git', async () => {
    const ran = join(branchDesk().folder, 'ran')
    const desk = branchDesk({
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: `url.ext::touch ${ran} .insteadOf`,
      GIT_CONFIG_VALUE_0: 'file://',
      GIT_CONFIG_KEY_1: 'protocol.ext.allow',
      GIT_CONFIG_VALUE_1: 'always',
    })
    expect((await publishTo(desk, [app]))?.error).toMatchObject({
      code: 'USAGE',
      hint: expect.stringContaining('insteadOf'),
    })
    expect(existsSync(ran)).toBe(false)
  })
})

describe('a remote that refuses', () => {
  it.each([
    [
      'GH006: Protected branch update failed for refs/heads/gh-pages.',
      { code: 'FORBIDDEN', message: expect.stringContaining('GH006: Protected branch') },
    ],
    ['\u001b[31mred\u001b[0m', { code: 'FORBIDDEN', message: expect.not.stringContaining('\u001b') }],
  ])('by a hook that says %j is quoted, and asked once', async (text, error) => {
    const desk = branchDesk()
    const asked = join(desk.folder, 'asked')
    writeFileSync(
      join(desk.remote, 'hooks', 'pre-receive'),
      `#!/bin/sh\necho x >> '${asked}'\necho 'error: ${text}' >&2\nexit 1\n`,
    )
    chmodSync(join(desk.remote, 'hooks', 'pre-receive'), 0o755)
    const result = await publishTo(desk, [app])
    expect(result).toMatchObject({
      status: 'failed',
      error: { ...error, hint: expect.stringContaining('protected') },
    })
    expect(desk.read(asked)).toBe('x\n')
    expect(desk.git('for-each-ref')).toBe('')
    expect(desk.left()).toEqual([])
  })

  it('because somebody works in the branch says so', async () => {
    const desk = branchDesk()
    await publishTo(desk, [app])
    desk.git('config', 'core.bare', 'false')
    desk.git('symbolic-ref', 'HEAD', `refs/heads/${branch}`)
    const result = await publishTo(desk, [packed('app', '2.0.0')])
    expect(result?.error).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('checked out'),
    })
  })

  it('because it lies above another branch is wrong usage, after one try', async () => {
    const desk = branchDesk()
    await publishTo(desk, [app])
    const result = await publishTo(desk, [app], { place: `#${branch}/below` })
    expect(result?.error).toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining(`beside its branch ${branch}`),
    })
  })

  it('because it is no repository, or not there, is a matter of the address', async () => {
    const desk = branchDesk()
    for (const path of [desk.folder, `${desk.folder}/absent`]) {
      const result = await publishTo(desk, [app], { to: `git+file://${path}#${branch}` })
      expect(result?.error?.code).toBe('REPOSITORY_NOT_FOUND')
    }
  })
})

describe('a machine', () => {
  it('without git says what to install', async () => {
    const desk = branchDesk({ PATH: '/nowhere' })
    const result = await publishTo(desk, [app])
    expect(result?.error).toMatchObject({ code: 'UNSUPPORTED', hint: expect.stringContaining('Install git') })
    expect(desk.left()).toEqual([])
  })

  it('with a git that is too old says so', async () => {
    const desk = branchDesk()
    const bin = join(desk.folder, 'bin')
    mkdirSync(bin)
    writeFileSync(join(bin, 'git'), '#!/bin/sh\necho git version 2.30.9\n')
    chmodSync(join(bin, 'git'), 0o755)
    const environment = {
      ...desk.environment,
      env: { ...desk.environment.env, PATH: `${bin}:/usr/bin:/bin` },
    }
    const result = await publishTo(desk, [app], { environment })
    expect(result?.error).toMatchObject({ code: 'UNSUPPORTED', message: 'git version 2.30.9 is too old' })
  })

  it('shows no login that stands in git’s settings for the address', async () => {
    const desk = branchDesk({
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'url.http://me:hunter2@127.0.0.1:9/.insteadOf',
      GIT_CONFIG_VALUE_0: 'file://',
    })
    const result = await publishTo(desk, [app])
    expect(result?.error?.code).toBe('NETWORK')
    expect(inspect(result, { depth: 9 })).not.toContain('hunter2')
  })
})
