import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { vendorMatrix } from './matrix.ts'
import { chartOf, done, expectEnding, loggedIn, publishing } from './scene.ts'
import { writeProgram } from './stage.ts'

vendorMatrix('Amazon ECR', ({ ecr }) => ecr, {
  expected: {
    wrongPassword: [3, 'UNAUTHENTICATED', /\w/],
    missingRights: [3, 'FORBIDDEN', /\w/],
    missingPlace: [4, 'REPOSITORY_NOT_FOUND', /--create-repository/],
    missingChart: [4, 'CHART_NOT_FOUND', /Check the path/],
    renewedFrom: 'account',
  },
  more(scene) {
    it('S15 what the cloud command prints is piped into a login, and serves for twelve hours', async () => {
      const { at, stage, vendor } = scene()
      const { ecr } = stage.vendors
      const person = await stage.person('piped')
      await writeProgram(
        person,
        'aws',
        `[ "$*" = "ecr get-login-password --region us-east-1" ] && echo '${ecr.password()}'`,
      )
      const pipe = `aws ecr get-login-password --region us-east-1 | chartroom registry login --username AWS --password-stdin ${vendor.host}`
      expect(await done(person.shell(pipe))).toContain('Login Succeeded')
      await done(person.ours(['pull', `${at}/app`, '--version', '0.1.0']))
      ecr.pass(12 * 3_600_000)
      const ended = await person.ours(['pull', `${at}/app`, '--version', '0.1.0'])
      expectEnding(ended, [3, 'FORBIDDEN', /12 hours/])
    })

    it('S15 a login without a pipe asks AWS itself', async () => {
      const { stage, vendor } = scene()
      const person = await stage.person('derived')
      stage.vendors.network.clear()
      const ended = await person.ours(['login', vendor.host], { env: vendor.accountEnv })
      expect(ended.code, ended.stderr).toBe(0)
      expect(stage.vendors.network.lines().length).toBeLessThanOrEqual(3)
      expect(await done(person.helm(['show', 'chart', `oci://${vendor.host}/charts/app`]))).toContain(
        'name: app',
      )
    })

    it('S16 a repository that is missing is named, or made when asked', async () => {
      const { at, stage } = scene()
      const { ecr } = stage.vendors
      const person = await loggedIn(scene(), 'maker')
      const publish = publishing(await chartOf(person, 'fresh'), at)
      expectEnding(await person.ours(publish), [4, 'REPOSITORY_NOT_FOUND', /--create-repository/])
      const env = ecr.accountEnv
      await done(
        person.ours([...publish, '--create-repository', '--immutable-tags', '--scan-on-push'], { env }),
      )
      expect(ecr.repository('charts/fresh')).toMatchObject({ tagMutability: 'IMMUTABLE', scanOnPush: true })
      const folder = await chartOf(person, 'fresh')
      await writeFile(join(folder, 'values.yaml'), 'note: other\n')
      const forced = await person.ours([...publishing(folder, at), '--force'])
      expect(forced.code).not.toBe(0)
      expect(forced.stderr).toContain('immutable')
    })

    it('S16 the script publishes with the login that is there', async () => {
      const { at, stage, vendor } = scene()
      const person = await loggedIn(scene(), 'skipper')
      stage.vendors.ecr.createRepository('charts/skipped')
      await done(person.ours(publishing(await chartOf(person, 'skipped'), at)))
      expect(vendor.ledger.tags('charts/skipped')).toEqual(['0.1.0'])
    })

    it('S17 a chart of an account and region is rendered, with a warning where the account is none', async () => {
      const { at } = scene()
      const person = await loggedIn(scene(), 'installer')
      const ended = await person.ours(['template', 'my-hypersdk', `${at}/app`, '--version', '0.1.0'])
      expect({ code: ended.code, stdout: ended.stdout }).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('kind: ConfigMap'),
      })
      expect(ended.stderr).toContain('12 digits')
    })

    it.each([
      ['web identity', 'web'],
      ['a container', 'container'],
      ['an instance', 'instance'],
    ])('the account of %s logs in', async (_, kind) => {
      const { at, stage } = scene()
      const { ecr, instance } = stage.vendors
      const person = await stage.person(`identity-${kind}`)
      const token = await writeProgram(person, 'token', ecr.webIdentityToken, { plain: true })
      const ways: Record<string, Record<string, string>> = {
        web: { AWS_ROLE_ARN: ecr.roleArn, AWS_WEB_IDENTITY_TOKEN_FILE: token },
        container: {
          AWS_CONTAINER_CREDENTIALS_FULL_URI: `${instance.url}/v1/credentials`,
          AWS_CONTAINER_AUTHORIZATION_TOKEN: ecr.instanceToken,
        },
        instance: { AWS_EC2_METADATA_SERVICE_ENDPOINT: instance.url, AWS_EC2_METADATA_DISABLED: 'false' },
      }
      await done(person.ours(['pull', `${at}/app`, '--version', '0.1.0'], { env: ways[kind] ?? {} }))
    })

    it('the public registry takes charts of an account, and gives them to everybody', async () => {
      const { stage } = scene()
      const { ecr } = stage.vendors
      ecr.public.createRepository('charts/app')
      const to = `oci://${ecr.public.host}/${ecr.public.namespace}`
      const person = await stage.person('public')
      await done(person.ours(publishing(stage.archive, to), { env: ecr.accountEnv }))
      const nobody = await stage.person('public-reader')
      await done(nobody.ours(['pull', `${to}/app`, '--version', '0.1.0']))
      await done(nobody.helm(['pull', `${to}/app`, '--version', '0.1.0']))
    })
  },
})
