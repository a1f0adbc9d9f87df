import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { vendorMatrix } from './matrix.ts'
import { chartOf, done, expectEnding, loggedIn, publishing } from './scene.ts'
import { said, writeDockerLogin, writeProgram } from './stage.ts'

vendorMatrix('Azure Container Registry', ({ acr }) => acr, {
  expected: {
    wrongPassword: [3, 'UNAUTHENTICATED', /\w/],
    missingRights: [3, 'FORBIDDEN', /AcrPush/],
    missingChart: [4, 'CHART_NOT_FOUND', /Check the path/],
    renewedFrom: 'login',
  },
  more(scene) {
    it('S18 the login that `az acr login` leaves in the file of Docker is used', async () => {
      const { at, stage, vendor } = scene()
      const person = await stage.person('az')
      await writeDockerLogin(person, vendor.host, stage.vendors.acr.refreshToken())
      await done(person.ours(publishing(await chartOf(person, 'by-az'), at)))
      await done(person.helm(['pull', `${at}/by-az`, '--version', '0.1.0']))
    })

    it.each(['as an identity token', 'as the password of <token>'])(
      'S18 a refresh token that a credential helper gives %s is used',
      async (way) => {
        const { at, stage, vendor } = scene()
        const person = await stage.person(`helper-${way.length}`)
        const { password } = stage.vendors.acr.refreshToken()
        await mkdir(join(person.home, '.docker'), { recursive: true })
        if (way === 'as an identity token') {
          const auths = { [vendor.host]: { identitytoken: password } }
          await writeFile(join(person.home, '.docker', 'config.json'), JSON.stringify({ auths }))
        } else {
          const answer = JSON.stringify({ ServerURL: vendor.host, Username: '<token>', Secret: password })
          await writeProgram(
            person,
            'docker-credential-acr-test',
            `[ "$1" = get ] && cat >/dev/null && printf '%s' '${answer}'`,
          )
          const file = JSON.stringify({ credHelpers: { [vendor.host]: 'acr-test' } })
          await writeFile(join(person.home, '.docker', 'config.json'), file)
        }
        stage.vendors.network.clear()
        await done(person.ours(['pull', `${at}/app`, '--version', '0.1.0']))
        const posted = stage.vendors.network.lines(vendor.host).filter((line) => line.startsWith('POST '))
        expect(posted).toContain(`POST ${vendor.host}/oauth2/token`)
      },
    )

    it('S19 a service principal logs in by standard input', async () => {
      const { at, stage, vendor } = scene()
      const person = await stage.person('principal')
      const { username, password } = vendor.writer
      const args = ['registry', 'login', vendor.host, '--username', username, '--password-stdin']
      const ended = await person.ours(args, { input: password })
      expect(ended).toMatchObject({ code: 0, stdout: 'Login Succeeded\n' })
      expect(said(ended)).not.toContain(password)
      await done(person.ours(['pull', `${at}/app`, '--version', '0.1.0']))
    })

    it('S20 a service principal publishes by its ID and secret, through the OAuth2 token service', async () => {
      const { at, stage, vendor } = scene()
      const person = await stage.person('by-id')
      const { username, password } = vendor.writer
      stage.vendors.network.clear()
      const args = [
        ...publishing(await chartOf(person, 'by-id'), at),
        '--username',
        username,
        '--password-stdin',
      ]
      await done(person.ours(args, { input: password }))
      expect(stage.vendors.network.lines(vendor.host)).toContainEqual(
        expect.stringContaining('/oauth2/token'),
      )
    })

    it('S20 the account of the environment is exchanged for a refresh token', async () => {
      const { stage, vendor } = scene()
      const person = await stage.person('exchanged')
      stage.vendors.network.clear()
      await done(person.ours(['login', vendor.host], { env: vendor.accountEnv }))
      const asked = stage.vendors.network.lines()
      expect(asked).toContain(`POST ${vendor.host}/oauth2/exchange`)
      expect(asked).toContainEqual(
        expect.stringContaining(
          `POST login.microsoftonline.com/${stage.vendors.acr.tenant}/oauth2/v2.0/token`,
        ),
      )
      expect(await done(person.helm(['show', 'chart', `oci://${vendor.host}/charts/app`]))).toContain(
        'name: app',
      )
    })

    it('S21 a chart is rendered, by us and by helm', async () => {
      const { at } = scene()
      const person = await loggedIn(scene(), 'installer')
      const args = ['template', 'my-hypersdk', `${at}/app`, '--version', '0.1.0']
      expect(await done(person.ours(args))).toContain('kind: ConfigMap')
      expect(await done(person.helm(args))).toContain('kind: ConfigMap')
    })

    it('a token for some repositories is refused the others', async () => {
      const { stage, vendor } = scene()
      const person = await loggedIn(scene(), 'scoped', stage.vendors.acr.repositoryToken)
      await done(person.ours(publishing(await chartOf(person, 'scoped'), `oci://${vendor.host}/charts`)))
      const ended = await person.ours(
        publishing(await chartOf(person, 'lost'), `oci://${vendor.host}/others`),
      )
      expectEnding(ended, [3, 'FORBIDDEN', /AcrPush/])
    })

    it('what is locked is neither replaced nor pruned, and told so', async () => {
      const { at, stage, vendor } = scene()
      const person = await loggedIn(scene(), 'locked')
      for (const version of ['0.1.0', '0.2.0'])
        await done(person.ours(publishing(await chartOf(person, 'locked', version), at)))
      stage.vendors.acr.lock('charts/locked', '0.1.0', { writeEnabled: false, deleteEnabled: false })
      const other = await stage.person('other')
      const folder = await chartOf(other, 'locked')
      await writeFile(join(folder, 'values.yaml'), 'note: other\n')
      const forced = await person.ours([...publishing(folder, at), '--force'])
      expect(forced.code).not.toBe(0)
      expect(forced.stderr).toContain('locked')
      await person.ours(['prune', `${at}/locked`, '--keep', '1', '--yes'])
      expect(vendor.ledger.tags('charts/locked').sort()).toEqual(['0.1.0', '0.2.0'])
    })

    it.each([
      ['a managed identity', 'machine'],
      ['workload identity', 'workload'],
    ])('the account of %s logs in', async (_, kind) => {
      const { at, stage, vendor } = scene()
      const { acr, instance } = stage.vendors
      const person = await stage.person(`identity-${kind}`)
      const file = await writeProgram(person, 'token', acr.federatedToken, { plain: true })
      const ways: Record<string, Record<string, string>> = {
        machine: { AZURE_POD_IDENTITY_AUTHORITY_HOST: instance.url },
        workload: {
          AZURE_TENANT_ID: acr.tenant,
          AZURE_CLIENT_ID: vendor.writer.username,
          AZURE_FEDERATED_TOKEN_FILE: file,
        },
      }
      await done(person.ours(['pull', `${at}/app`, '--version', '0.1.0'], { env: ways[kind] ?? {} }))
    })
  },
})
