import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { vendorMatrix } from './matrix.ts'
import { chartOf, done, loggedIn, publishing } from './scene.ts'
import { said } from './stage.ts'

vendorMatrix('GitHub Container Registry', ({ ghcr }) => ghcr, {
  expected: {
    wrongPassword: [3, 'UNAUTHENTICATED', /access token/],
    missingRights: [3, 'FORBIDDEN', /write:packages/],
    missingPlace: [3, 'UNAUTHENTICATED', /write:packages/],
    missingChart: [3, 'UNAUTHENTICATED', /answers alike/],
    renewedFrom: 'login',
  },
  more(scene) {
    it('S8 a token on standard input logs in, is proved at the token service, and is kept for its owner alone', async () => {
      const { stage, vendor } = scene()
      const person = await stage.person('stdin')
      stage.vendors.network.clear()
      const args = ['registry', 'login', 'ghcr.io', '--username', 'myuser', '--password-stdin']
      const ended = await person.ours(args, {
        input: `${vendor.writer.password}\n`,
        env: { CHARTROOM_DEBUG: '1' },
      })
      expect(ended).toMatchObject({ code: 0, stdout: 'Login Succeeded\n' })
      expect(said(ended)).not.toContain(vendor.writer.password)
      const asked = stage.vendors.network.seen.find(({ path }) => path.startsWith('/token'))
      expect(asked).toMatchObject({
        method: 'GET',
        headers: { authorization: expect.stringMatching(/^Basic /) },
      })
      const file = join(person.home, '.config', 'helm', 'registry', 'config.json')
      expect((await stat(file)).mode & 0o777).toBe(0o600)
      expect(await readFile(file, 'utf8')).toContain('ghcr.io')
    })

    it('S8 a wrong token is refused with what to do', async () => {
      const { stage } = scene()
      const person = await stage.person('wrong-token')
      const args = ['login', 'ghcr.io', '--username', 'myuser', '--password-stdin']
      const ended = await person.ours(args, { input: 'ghp_wrong' })
      expect(ended.code).toBe(3)
      expect(ended.stderr).toContain('Hint: ')
      expect(said(ended)).not.toContain('ghp_wrong')
    })

    it('S42 a package is private at first, told so, and read by everybody once it is public', async () => {
      const { at, stage } = scene()
      const { ghcr } = stage.vendors
      const person = await loggedIn(scene(), 'publisher')
      const folder = await chartOf(person, 'open')
      expect(await done(person.ours(publishing(folder, at)))).toContain('is private')
      const nobody = await stage.person('nobody')
      const pull = ['pull', `${at}/open`, '--version', '0.1.0']
      const refused = await nobody.ours(pull)
      expect(refused.code).toBe(3)
      expect(refused.stderr).toContain('ANONYMOUS_REFUSED')
      ghcr.setVisibility('myuser/charts/open', 'public')
      await done(nobody.ours(pull))
    })

    it('a package is linked to the repository of the workflow that made it', async () => {
      const { at, stage } = scene()
      const { ghcr } = stage.vendors
      const person = await stage.person('workflow')
      const env = {
        GITHUB_TOKEN: ghcr.workflow.password,
        GITHUB_ACTOR: ghcr.workflow.username,
        GITHUB_REPOSITORY: 'myuser/app',
        GITHUB_SERVER_URL: 'https://github.com',
      }
      await done(person.ours(publishing(await chartOf(person, 'linked'), at), { env }))
      expect(ghcr.linkOf('myuser/charts/linked')).toBe('myuser/app')
      // One that a person made by hand is not the workflow's to write.
      const byHand = await loggedIn(scene(), 'by-hand')
      await done(byHand.ours(publishing(await chartOf(byHand, 'unlinked'), at)))
      const refused = await person.ours(publishing(await chartOf(person, 'unlinked', '0.2.0'), at), { env })
      expect({ code: refused.code, stderr: refused.stderr }).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('must first be linked'),
      })
    })

    it('a publish of many charts asks for each token once', async () => {
      const { at, stage } = scene()
      const person = await loggedIn(scene(), 'many')
      const folders: string[] = []
      for (let i = 0; i < 20; i++) folders.push(await chartOf(person, `many-${i}`))
      stage.vendors.network.clear()
      await done(person.ours(['publish', ...folders, '--to', at, '--skip-lint', '--skip-test']))
      const asked = stage.vendors.network.seen
        .filter(({ path, headers }) => path.startsWith('/token') && headers.authorization !== undefined)
        .map(({ path }) => path)
      expect(asked.length).toBeGreaterThan(0)
      expect(new Set(asked).size).toBe(asked.length)
    })

    it('tags come in pages of a hundred, the oldest first, and are all found', async () => {
      const { at, stage } = scene()
      const person = await loggedIn(scene(), 'pages')
      await done(person.ours(publishing(await chartOf(person, 'paged', '1.0.0'), at)))
      const tags = Array.from({ length: 120 }, (_, i) => `1.0.${i + 1}`)
      await done(person.ours(['tag', `${at}/paged:1.0.0`, ...tags]))
      stage.vendors.network.clear()
      const listed = JSON.parse(await done(person.ours(['versions', `${at}/paged`, '-o', 'json']))) as {
        versions: { version: string }[]
      }
      expect(listed.versions).toHaveLength(121)
      expect(listed.versions[0]?.version).toBe('1.0.120')
      const pages = stage.vendors.network.lines('ghcr.io').filter((line) => line.includes('/tags/list'))
      expect(pages.some((line) => line.includes('n=0'))).toBe(true)
    })
  },
})
