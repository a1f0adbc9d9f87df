import { expect, it } from 'vitest'
import { vendorMatrix } from './matrix.ts'
import { chartOf, done, expectEnding, loggedIn, publishing } from './scene.ts'
import { writeProgram } from './stage.ts'

vendorMatrix('Google Artifact Registry', ({ gar }) => gar, {
  expected: {
    wrongPassword: [3, 'UNAUTHENTICATED', /\w/],
    missingRights: [3, 'FORBIDDEN', /artifactregistry\.writer|\w/],
    missingPlace: [4, 'REPOSITORY_NOT_FOUND', /--create-repository/],
    missingChart: [4, 'CHART_NOT_FOUND', /Check the path/],
    renewedFrom: 'login',
  },
  more(scene) {
    it('S22 what the cloud command prints is piped into a login', async () => {
      const { at, stage } = scene()
      const { gar } = stage.vendors
      const person = await stage.person('piped')
      await writeProgram(
        person,
        'gcloud',
        `[ "$*" = "auth print-access-token" ] && echo '${gar.accessToken()}'`,
      )
      const pipe =
        'gcloud auth print-access-token | chartroom registry login us-docker.pkg.dev --username oauth2accesstoken --password-stdin'
      expect(await done(person.shell(pipe))).toContain('Login Succeeded')
      await done(person.ours(['pull', `${at}/app`, '--version', '0.1.0']))
      await done(person.helm(['pull', `${at}/app`, '--version', '0.1.0']))
    })

    it('S22 a key file is a password too, for us and for helm', async () => {
      const { at, stage, vendor } = scene()
      const { gar } = stage.vendors
      for (const [name, password] of [
        ['_json_key', gar.keyFile],
        ['_json_key_base64', Buffer.from(gar.keyFile).toString('base64')],
      ] as const) {
        const person = await loggedIn(scene(), name, { username: name, password })
        await done(person.ours(['pull', `${at}/app`, '--version', '0.1.0']))
        await done(person.helm(['pull', `${at}/app`, '--version', '0.1.0', '-d', '.']))
      }
      expect(vendor.leaks).toEqual([])
    })

    it('S22 a login without a pipe asks Google itself, with three requests at most', async () => {
      const { stage, vendor } = scene()
      const person = await stage.person('derived')
      stage.vendors.network.clear()
      await done(person.ours(['login', vendor.host], { env: vendor.accountEnv }))
      expect(stage.vendors.network.lines().length).toBeLessThanOrEqual(3)
      expect(
        await done(person.helm(['show', 'chart', `oci://${vendor.host}/${vendor.namespace}/app`])),
      ).toContain('name: app')
    })

    it('S23 the path of a project, a repository and folders below it is kept', async () => {
      const { at, vendor } = scene()
      const person = await loggedIn(scene(), 'nested')
      await done(person.ours(publishing(await chartOf(person, 'nested'), `${at}/team/stable`)))
      expect(vendor.ledger.tags('myproject/charts/team/stable/nested')).toEqual(['0.1.0'])
      const ended = await person.ours(
        publishing(await chartOf(person, 'short'), `oci://${vendor.host}/myproject`),
      )
      expect(ended.code).not.toBe(0)
      expect(ended.stderr).toContain('Hint: ')
    })

    it('S23 a repository that is missing is made when asked', async () => {
      const { stage, vendor } = scene()
      const { gar } = stage.vendors
      const person = await stage.person('maker')
      const to = `oci://${vendor.host}/myproject/fresh`
      const publish = publishing(await chartOf(person, 'app'), to)
      const env = gar.accountEnv
      expectEnding(await person.ours(publish, { env }), [4, 'REPOSITORY_NOT_FOUND', /--create-repository/])
      await done(person.ours([...publish, '--create-repository', '--immutable-tags'], { env }))
      expect(gar.repository('fresh')).toMatchObject({ format: 'DOCKER', immutableTags: true })
    })

    it('S23 a repository of another kind is refused', async () => {
      const { stage, vendor } = scene()
      stage.vendors.gar.setRepository('snakes', { format: 'PYTHON' })
      const person = await stage.person('wrong-kind')
      const publish = publishing(await chartOf(person, 'app'), `oci://${vendor.host}/myproject/snakes`)
      const ended = await person.ours(publish, { env: vendor.accountEnv })
      expect(ended.code).not.toBe(0)
      expect(ended.stderr).toMatch(/PYTHON|Docker/)
    })

    it('S24 a chart is rendered, by us and by helm', async () => {
      const { at } = scene()
      const person = await loggedIn(scene(), 'installer')
      const args = ['template', 'my-hypersdk', `${at}/app`, '--version', '0.1.0']
      expect(await done(person.ours(args))).toContain('kind: ConfigMap')
      expect(await done(person.helm(args))).toContain('kind: ConfigMap')
    })

    it.each([
      ['a machine', 'machine'],
      ['workload identity', 'federated'],
    ])('the account of %s logs in', async (_, kind) => {
      const { at, stage } = scene()
      const { gar, instance } = stage.vendors
      const person = await stage.person(`identity-${kind}`)
      const token = await writeProgram(person, 'token', gar.subjectToken, { plain: true })
      const config = await writeProgram(
        person,
        'federation.json',
        JSON.stringify({
          type: 'external_account',
          audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/x',
          subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
          token_url: 'https://sts.googleapis.com/v1/token',
          service_account_impersonation_url:
            'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/writer@myproject.iam.gserviceaccount.com:generateAccessToken',
          credential_source: { file: token },
        }),
        { plain: true },
      )
      const ways: Record<string, Record<string, string>> = {
        machine: {
          GCE_METADATA_HOST: instance.url.replace('http://', ''),
          METADATA_SERVER_DETECTION: 'assume-present',
          // As on a machine behind a proxy: its metadata service is not asked through it.
          NO_PROXY: '127.0.0.1',
        },
        federated: { GOOGLE_APPLICATION_CREDENTIALS: config },
      }
      await done(person.ours(['pull', `${at}/app`, '--version', '0.1.0'], { env: ways[kind] ?? {} }))
    })
  },
})
