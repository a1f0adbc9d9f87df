import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { vendorMatrix } from './matrix.ts'
import { chartOf, done, expectEnding, loggedIn, publishing } from './scene.ts'

vendorMatrix('Harbor', ({ harbor }) => harbor, {
  expected: {
    wrongPassword: [3, 'UNAUTHENTICATED', /\w/],
    missingRights: [3, 'UNAUTHENTICATED', /right to push/],
    missingPlace: [3, 'UNAUTHENTICATED', /no project missing/],
    missingChart: [4, 'CHART_NOT_FOUND', /Check the path/],
    renewedFrom: 'login',
  },
  more(scene) {
    it.each([
      ['standard input', (password: string) => ({ args: ['--password-stdin'], input: password, env: {} })],
      [
        'the environment',
        (password: string) => ({ args: [], input: '', env: { CHARTROOM_PASSWORD: password } }),
      ],
    ])('S25 a robot, whose name holds a $, logs in by %s', async (name, way) => {
      const { at, stage, vendor } = scene()
      const { robot } = stage.vendors.harbor
      expect(robot.username).toContain('$')
      const person = await stage.person(`robot-${name.slice(0, 3)}`)
      const { args, input, env } = way(robot.password)
      await done(person.ours(['login', vendor.host, '--username', robot.username, ...args], { input, env }))
      await done(person.ours(['pull', `${at}/app`, '--version', '0.1.0']))
      await done(person.helm(['pull', `${at}/app`, '--version', '0.1.0', '-d', '.']))
    })

    it('S26 two robots of two projects publish in one run', async () => {
      const { stage, vendor } = scene()
      const { robot, otherRobot } = stage.vendors.harbor
      const person = await stage.person('two-robots')
      const entry = ({ username, password }: typeof robot): object => ({
        auth: Buffer.from(`${username}:${password}`).toString('base64'),
      })
      const auths = { [`${vendor.host}/library`]: entry(robot), [`${vendor.host}/other`]: entry(otherRobot) }
      await mkdir(join(person.home, 'containers'))
      const file = join(person.home, 'containers', 'auth.json')
      await writeFile(file, JSON.stringify({ auths }))
      const to = ['library', 'other'].flatMap((project) => ['--to', `oci://${vendor.host}/${project}`])
      const args = ['publish', await chartOf(person, 'both'), ...to, '--skip-lint', '--skip-test']
      await done(person.ours(args, { env: { REGISTRY_AUTH_FILE: file } }))
      expect(['library/both', 'other/both'].map((path) => vendor.ledger.tags(path))).toEqual([
        ['0.1.0'],
        ['0.1.0'],
      ])
    })

    it('S26 a project that is missing is named to an administrator, and made when asked', async () => {
      const { stage, vendor } = scene()
      const { harbor } = stage.vendors
      const person = await loggedIn(scene(), 'admin', harbor.admin)
      const publish = publishing(await chartOf(person, 'app'), `oci://${vendor.host}/fresh`)
      expectEnding(await person.ours(publish), [4, 'REPOSITORY_NOT_FOUND', /--create-repository/])
      await done(person.ours([...publish, '--create-repository', '--immutable-tags']))
      expect(harbor.project('fresh')?.immutable).toBeDefined()
    })

    it('S26 a project that mirrors another registry takes no pushes, and the reason is told', async () => {
      const { stage, vendor } = scene()
      const person = await loggedIn(scene(), 'mirror', stage.vendors.harbor.admin)
      const ended = await person.ours(publishing(await chartOf(person, 'app'), `oci://${vendor.host}/mirror`))
      expect(ended.code).not.toBe(0)
      expect(ended.stderr).toMatch(/mirrors another registry/)
    })

    it('a rule that makes tags immutable, and a full quota, are told of', async () => {
      const { stage, vendor } = scene()
      const { harbor } = stage.vendors
      harbor.setProject('ruled', { immutable: /./ })
      const person = await loggedIn(scene(), 'ruled', harbor.admin)
      const at = `oci://${vendor.host}/ruled`
      const folder = await chartOf(person, 'app')
      await done(person.ours(publishing(folder, at)))
      await writeFile(join(folder, 'values.yaml'), 'note: other\n')
      const forced = await person.ours([...publishing(folder, at), '--force'])
      expect(forced.code).not.toBe(0)
      expect(forced.stderr).toContain('immutable')
      harbor.setProject('ruled', { immutable: undefined, isFull: true })
      const full = await person.ours(publishing(await chartOf(person, 'app', '0.2.0'), at))
      expectEnding(full, [3, 'FORBIDDEN', /quota/])
    })

    it('S27 a chart is rendered, by us and by helm', async () => {
      const { at } = scene()
      const person = await loggedIn(scene(), 'installer')
      const args = ['template', 'my-hypersdk', `${at}/app`, '--version', '0.1.0']
      expect(await done(person.ours(args))).toContain('kind: ConfigMap')
      expect(await done(person.helm(args))).toContain('kind: ConfigMap')
    })
  },
})
