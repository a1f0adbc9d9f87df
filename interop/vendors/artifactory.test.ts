import { expect, it } from 'vitest'
import { vendorMatrix } from './matrix.ts'
import { chartOf, done, expectEnding, loggedIn, publishing } from './scene.ts'
import { said } from './stage.ts'

vendorMatrix('JFrog Artifactory', ({ artifactory }) => artifactory, {
  expected: {
    wrongPassword: [3, 'UNAUTHENTICATED', /\w/],
    missingRights: [3, 'FORBIDDEN', /deploy in charts/],
    missingPlace: [4, 'REPOSITORY_NOT_FOUND', /--create-repository/],
    missingChart: [4, 'CHART_NOT_FOUND', /Check the path/],
    renewedFrom: 'login',
  },
  more(scene) {
    it('S28 an access token logs in, and the repository key is the first part of the path', async () => {
      const { at, stage, vendor } = scene()
      const { username, password } = vendor.writer
      const person = await stage.person('token')
      const args = ['login', vendor.host, '--username', username, '--password-stdin']
      expect(said(await person.ours(args, { input: password }))).toContain('Login Succeeded')
      await done(person.ours(publishing(await chartOf(person, 'keyed'), `${at}/team`)))
      expect(vendor.ledger.tags('charts/team/keyed')).toEqual(['0.1.0'])
      const render = ['template', 'my-hypersdk', `${at}/team/keyed`, '--version', '0.1.0']
      expect(await done(person.ours(render))).toContain('kind: ConfigMap')
      expect(await done(person.helm(render))).toContain('kind: ConfigMap')
    })

    it.each([
      ['classic', /helm and takes no charts|kind helm/],
      ['mirror', /mirrors another registry/],
    ])('S28 the key %s of another kind is refused', async (key, words) => {
      const { stage, vendor } = scene()
      const person = await loggedIn(scene(), `kind-${key}`, stage.vendors.artifactory.admin)
      const ended = await person.ours(publishing(await chartOf(person, 'app'), `oci://${vendor.host}/${key}`))
      expect(ended.code).not.toBe(0)
      expect(ended.stderr).toMatch(words)
    })

    it('S28 a key that is missing is made when an administrator asks', async () => {
      const { stage, vendor } = scene()
      const { artifactory } = stage.vendors
      const person = await loggedIn(scene(), 'maker', artifactory.admin)
      const publish = publishing(await chartOf(person, 'app'), `oci://${vendor.host}/fresh`)
      expectEnding(await person.ours(publish), [4, 'REPOSITORY_NOT_FOUND', /--create-repository/])
      await done(person.ours([...publish, '--create-repository']))
      expect(artifactory.repository('fresh')).toMatchObject({ packageType: 'helmoci' })
    })
  },
})
