import type { Vendors } from '@chartroom/testkit/vendors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ended } from '../workspace.ts'
import type { Person, Stage } from '../vendors/stage.ts'
import { openStage, writeDockerLogin } from '../vendors/stage.ts'
import { good } from './site.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage?.close())

const vendors = [
  'ghcr',
  'dockerHub',
  'ecr',
  'acr',
  'gar',
  'harbor',
  'artifactory',
] as const satisfies readonly (keyof Vendors)[]

interface Finding {
  readonly check: string
  readonly verdict: string
  readonly message: string
  readonly cause?: string
  readonly remedy?: string
  readonly code?: string
}

async function examine(person: Person, reference: string): Promise<Ended & { failed: Finding | undefined }> {
  const ended = await person.ours(['doctor', reference, '-o', 'json'])
  const { findings } = JSON.parse(ended.stdout) as { findings: readonly Finding[] }
  return { ...ended, failed: findings.find(({ verdict }) => verdict === 'failure') }
}

describe('doctor', () => {
  it.each(vendors)(
    'S48 tells at %s what is there, what is absent and what does not show',
    { timeout: 60_000 },
    async (name) => {
      const vendor = stage.vendors[name]
      const { host, namespace, elsewhere, writer } = vendor
      const person = await stage.person(`doctor-${name}`)
      await writeDockerLogin(person, host, writer)
      vendor.prepare(`${namespace}/app`)
      good(await person.ours(['push', stage.archive, `oci://${host}/${namespace}`]))

      const healthy = await examine(person, `oci://${host}/${namespace}/app:0.1.0`)
      expect([healthy.code, healthy.failed]).toEqual([0, undefined])

      const version = await examine(person, `oci://${host}/${namespace}/app:0.1.9`)
      expect([version.code, version.failed]).toEqual([
        4,
        expect.objectContaining({ check: 'version', code: 'VERSION_NOT_FOUND', remedy: 'Nearest: 0.1.0.' }),
      ])

      for (const path of [`${namespace}/nothing`, `${elsewhere}/nothing`]) {
        const { code, failed } = await examine(person, `oci://${host}/${path}`)
        const isSure = failed?.code === 'REPOSITORY_NOT_FOUND'
        expect([code, failed?.check]).toEqual([isSure ? 4 : 3, 'repository'])
        expect(failed?.message).toMatch(
          isSure ? /^there is no / : / is forbidden or absent: | may not be read /,
        )
        expect(failed?.cause).toMatch(/\.$/)
        expect(failed?.remedy).toMatch(/\.$/)
      }
      expect(healthy.stdout + healthy.stderr + version.stdout + version.stderr).not.toContain(writer.password)
    },
  )

  it.each(vendors)('S47 says at %s that a password is wrong', { timeout: 60_000 }, async (name) => {
    const { host, namespace, writer } = stage.vendors[name]
    const person = await stage.person(`wrong-${name}`)
    await writeDockerLogin(person, host, { ...writer, password: 'hunter2' })
    const wrong = await examine(person, `oci://${host}/${namespace}/app:0.1.0`)
    expect([wrong.code, wrong.failed?.code]).toEqual([3, 'UNAUTHENTICATED'])
    expect(wrong.stdout + wrong.stderr).not.toContain('hunter2')
  })
})

describe('what gives a login by itself', () => {
  const giving = vendors.filter((name) => name !== 'harbor')

  it.each(giving)('at %s is found by doctor, and shown by nobody', { timeout: 60_000 }, async (name) => {
    const { host, accountEnv } = stage.vendors[name]
    const person = await stage.person(`account-${name}`)
    const env = { ...accountEnv, CHARTROOM_DEBUG: '1' }
    const said: string[] = []
    for (const args of [
      ['doctor', host],
      ['login', host],
      ['doctor', host, '-o', 'json'],
      ['logout', host],
    ]) {
      const { code, stdout, stderr } = await person.ours(args, { env })
      expect(code, stdout + stderr).toBe(0)
      said.push(stdout, stderr)
    }
    expect(said[0]).toMatch(/ok {7}login {11}(?:that of|with)/)
    const secrets = Object.entries(accountEnv).filter(([variable]) => /TOKEN|SECRET|PASSWORD/.test(variable))
    expect(
      secrets.filter(([, secret]) => said.join('').includes(secret)).map(([variable]) => variable),
    ).toEqual([])
  })
})

describe('two robots for two projects of one Harbor', () => {
  it('work in one run, each for its own', async () => {
    const { host, robot, otherRobot } = stage.vendors.harbor
    const person = await stage.person('robots')
    for (const [project, { username, password }] of [
      ['library', robot],
      ['other', otherRobot],
    ] as const) {
      const login = ['login', `${host}/${project}`, '--username', username, '--password-stdin']
      expect((await person.ours(login, { input: password })).stderr).toContain('auth.json')
    }
    good(
      await person.ours([
        'publish',
        stage.chart,
        '--to',
        `oci://${host}/library`,
        '--to',
        `oci://${host}/other`,
      ]),
    )
    good(await person.ours(['copy', `oci://${host}/library/app:0.1.0`, `oci://${host}/other/copied:0.1.0`]))
    good(await person.ours(['logout', `${host}/other`]))
    good(await person.ours(['versions', `oci://${host}/library/app`]))
    expect((await person.ours(['versions', `oci://${host}/other/app`])).code).toBe(3)
  })
})
