import { expect, it } from 'vitest'
import { vendorMatrix } from './matrix.ts'
import { chartOf, done, loggedIn, publishing } from './scene.ts'
import { said } from './stage.ts'

vendorMatrix('Docker Hub', ({ dockerHub }) => dockerHub, {
  expected: {
    wrongPassword: [3, 'UNAUTHENTICATED', /access token/],
    missingRights: [3, 'FORBIDDEN', /right to write/],
    missingPlace: [3, 'FORBIDDEN', /role in the namespace/],
    missingChart: [4, 'CHART_NOT_FOUND', /Check the path/],
    renewedFrom: 'login',
  },
  more(scene) {
    it.each(['registry-1.docker.io', 'index.docker.io', 'docker.io'])(
      'S12 a login to %s is proved at auth.docker.io and serves all of its names',
      async (host) => {
        const { stage, vendor } = scene()
        const person = await stage.person(`login-${host}`)
        stage.vendors.network.clear()
        const args = ['login', host, '--username', 'myuser', '--password-stdin']
        await done(person.ours(args, { input: `${vendor.writer.password}\n` }))
        expect(stage.vendors.network.lines('auth.docker.io')).toContainEqual(
          expect.stringContaining('service=registry.docker.io'),
        )
        for (const name of ['registry-1.docker.io', 'docker.io'])
          await done(person.ours(['pull', `oci://${name}/myuser/app`, '--version', '0.1.0']))
      },
    )

    it.each([
      [
        'a flag, with a warning',
        (password: string) => ({ args: ['--password', password], input: '', env: {} }),
      ],
      ['standard input', (password: string) => ({ args: ['--password-stdin'], input: password, env: {} })],
      [
        'the environment',
        (password: string) => ({ args: [], input: '', env: { CHARTROOM_PASSWORD: password } }),
      ],
    ])('S13 publishes with user name and password from %s', async (name, way) => {
      const { at, stage, vendor } = scene()
      const person = await stage.person(`password-${name.slice(0, 10).replaceAll(/\W/g, '')}`)
      const { args, input, env } = way(vendor.writer.password)
      const publish = [...publishing(await chartOf(person, 'app'), at), '--username', 'myuser', ...args]
      const ended = await person.ours(publish, { input, env })
      expect(ended.code, ended.stderr).toBe(0)
      expect(said(ended)).not.toContain(vendor.writer.password)
      if (args[0] === '--password') expect(ended.stderr).toMatch(/--password-stdin/)
      else expect(ended.stderr).not.toMatch(/--password-stdin/)
    })

    it('S14 a chart of a user is rendered, by us and by helm, without a login', async () => {
      const { at, stage } = scene()
      const person = await stage.person('reader-of-all')
      const args = ['template', 'my-hypersdk', `${at}/app`, '--version', '0.1.0']
      const [ours, helms] = [await person.ours(args), await person.helm(args)]
      expect(ours.stdout).toContain('kind: ConfigMap')
      // helm says what it pulled where the objects should stand alone.
      expect(helms.stdout.slice(helms.stdout.indexOf('---'))).toBe(ours.stdout)
    })

    it('S14 a path of three levels is refused, with the one that is taken', async () => {
      const { vendor } = scene()
      const person = await loggedIn(scene(), 'deep')
      const to = `oci://${vendor.host}/myuser/charts`
      const ended = await person.ours(publishing(await chartOf(person, 'app'), to))
      expect(ended.code).not.toBe(0)
      expect(ended.stderr).toContain(`Publish to oci://${vendor.host}/myuser:`)
    })

    it('how many pulls are left is told when there are few', async () => {
      const { at, stage } = scene()
      const person = await stage.person('counted')
      const said_ = await done(person.ours(['pull', `${at}/app`, '--version', '0.1.0', '-d', 'counted']))
      expect(said_).toMatch(/of 100 pulls|app-0\.1\.0\.tgz/)
    })
  },
})
