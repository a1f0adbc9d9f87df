import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { needPeer } from '../peers/peers.ts'
import { ensureBuilt, run, serve } from '../workspace.ts'
import { writeFile } from 'node:fs/promises'
import { onTestFinished } from 'vitest'
import { distribution, good, openSite, password, passwordFile } from './site.ts'

beforeAll(ensureBuilt)

describe('distribution with a password file', () => {
  it('S29b takes a login that helm then uses, and none after the logout', async () => {
    const { host } = await distribution({ htpasswd: passwordFile })
    const site = await openSite()
    const login = await site.chartroom(['login', host, '--username', 'me', '--password-stdin'], {
      input: password,
    })
    expect(good(login)).toBe('Login Succeeded\n')
    const file = join(site.folder, '.config/helm/registry/config.json')
    expect(login.stderr).toContain(`The login is kept in ${file}`)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    good(await site.chartroom(['publish', 'app', '--to', `oci://${host}/team`]))
    const helm = ['pull', `oci://${host}/team/app`, '--version', '1.0.0', '--plain-http']
    good(await run(needPeer('helm-4.2.4'), helm, { cwd: site.folder, env: site.env }))
    good(await site.chartroom(['logout', host]))
    const after = await site.chartroom(['versions', `oci://${host}/team/app`])
    expect([after.code, after.stderr]).toEqual([3, expect.stringContaining('(ANONYMOUS_REFUSED)')])
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ auths: {} })
  })

  it('takes a login for a path, which stands in the file of containers alone, and says that helm does not use it', async () => {
    const { host } = await distribution({ htpasswd: passwordFile })
    const site = await openSite()
    const address = `${host}/team`
    const login = await site.chartroom(['login', address, '--username', 'me', '--password-stdin'], {
      input: password,
    })
    good(login)
    const file = join(site.folder, '.config/containers/auth.json')
    expect(login.stderr).toContain(`The login is kept in ${file}`)
    expect(login.stderr).toContain('helm does not use it')
    expect(Object.keys(JSON.parse(await readFile(file, 'utf8')).auths)).toEqual([address])
    await expect(stat(join(site.folder, '.config/helm/registry/config.json'))).rejects.toThrow('ENOENT')
    good(await site.chartroom(['publish', 'app', '--to', `oci://${host}/team`]))
    expect((await site.chartroom(['publish', 'app', '--to', `oci://${host}/other`])).code).toBe(3)
    good(await site.chartroom(['logout', address]))
    expect((await site.chartroom(['versions', `oci://${host}/team/app`])).code).toBe(3)
  })

  it('keeps no login that is wrong', async () => {
    const { host } = await distribution({ htpasswd: passwordFile })
    const site = await openSite()
    const { code, stderr } = await site.chartroom(['login', host, '--username', 'me', '--password-stdin'], {
      input: 'wrong',
    })
    expect([code, stderr]).toEqual([3, expect.stringMatching(/UNAUTHENTICATED.*\n.*Nothing was kept/)])
    expect(
      (await site.chartroom(['doctor', host, '--username', 'me', '--password-stdin'], { input: 'wrong' }))
        .code,
    ).toBe(3)
  })
})

describe('a classic repository behind HTTP Basic', () => {
  it('S29b is added, searched and pulled from with a login, by us and by helm', async () => {
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
    const url = `${registry.url}/helm/charts`
    const nobody = await site.chartroom(['repo', 'add', 'shop', url])
    expect(nobody.code).toBe(3)
    const wrong = await site.chartroom(['repo', 'add', 'shop', url, ...flags], { input: 'wrong' })
    expect(wrong.code).toBe(3)
    good(await site.chartroom(['repo', 'add', 'shop', url, ...flags], { input: password }))
    expect(good(await site.chartroom(['search', 'repo', 'app']))).toContain('shop/app')
    good(await site.chartroom(['pull', 'shop/app', '-d', 'ours']))
    const helm = needPeer('helm-4.2.4')
    const options = { cwd: site.folder, env: site.env }
    good(await run(helm, ['repo', 'update'], options))
    good(await run(helm, ['pull', 'shop/app'], options))
    expect(await readFile(join(site.folder, 'app-1.0.0.tgz'))).toEqual(
      await readFile(join(site.folder, 'ours/app-1.0.0.tgz')),
    )
  })
})
