import { spawn } from 'node:child_process'
import { chmod, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Ended } from '../workspace.ts'
import { ensureBuilt, program, serve } from '../workspace.ts'
import { onTestFinished } from 'vitest'
import type { Site } from './site.ts'
import { good, openSite, passwordFile, password } from './site.ts'
import { writeFile } from 'node:fs/promises'

beforeAll(ensureBuilt)

/** Somebody without rights: root could write anywhere. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

function asNobody(args: readonly string[], env: Site['env'], input = ''): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { ...nobody, cwd: '/', env: { ...env } })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, stderr }))
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

describe.skipIf(process.platform === 'win32')('a home that cannot be written', () => {
  it('lets read and publish, and refuses to keep a login with a word on where', {
    timeout: 60_000,
  }, async () => {
    const site = await openSite()
    await writeFile(join(site.folder, 'users'), passwordFile)
    const registry = await serve(site, ['--htpasswd', join(site.folder, 'users')])
    onTestFinished(() => registry.close())
    const flags = ['--username', 'me', '--password-stdin']
    good(
      await site.chartroom(['publish', 'app', '--to', `oci://${registry.host}/charts`, ...flags], {
        input: password,
      }),
    )
    const home = join(site.folder, 'sealed')
    await mkdir(home)
    await chmod(site.folder, 0o755)
    await chmod(home, 0o555)
    const env = { PATH: site.env['PATH'], HOME: home, TMPDIR: site.env['TMPDIR'] }
    const login = await asNobody(['login', registry.host, ...flags], env, password)
    expect([login.code, login.stderr]).toEqual([
      1,
      expect.stringMatching(/permission denied.*\(IO\)\nHint: Check who may read and write there\./),
    ])
    expect(login.stderr).not.toContain(password)
    const reference = `oci://${registry.host}/charts/app:1.0.0`
    expect(good(await asNobody(['doctor', reference, ...flags], env, password))).toContain(
      'Diagnosis: healthy.',
    )
    good(await asNobody(['show', 'chart', reference, ...flags], env, password))
    expect(await readdir(home)).toEqual([])
  })
})
