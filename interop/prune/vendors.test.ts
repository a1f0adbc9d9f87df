import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Vendor, Vendors } from '@chartroom/testkit/vendors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chartOf, done, loggedIn, publishing } from '../vendors/scene.ts'
import type { Person, Stage } from '../vendors/stage.ts'
import { openStage } from '../vendors/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage?.close())

/** `alone`: the registry takes a tag away from a manifest that another tag names. */
const vendors: readonly (readonly [title: string, pick: (all: Vendors) => Vendor, alone: boolean])[] = [
  ['GitHub Container Registry', ({ ghcr }) => ghcr, false],
  ['Docker Hub', ({ dockerHub }) => dockerHub, true],
  ['Amazon ECR', ({ ecr }) => ecr, true],
  ['Azure Container Registry', ({ acr }) => acr, true],
  ['Google Artifact Registry', ({ gar }) => gar, true],
  ['Harbor', ({ harbor }) => harbor, true],
  ['JFrog Artifactory', ({ artifactory }) => artifactory, true],
]

async function attachedTo(person: Person, reference: string): Promise<number> {
  const text = await done(person.oras(['discover', '--format', 'json', reference]))
  return (JSON.parse(text) as { referrers?: unknown[] }).referrers?.length ?? 0
}

describe('prune', () => {
  it.each(vendors)(
    'S44 on %s takes signatures along, and leaves latest and what it names',
    async (_, pick, alone) => {
      const vendor = pick(stage.vendors)
      const at = `oci://${vendor.host}/${vendor.namespace}`
      const path = `${vendor.namespace}/kept`
      vendor.prepare(path)
      const person = await loggedIn({ stage, vendor, at }, `pruner-${vendor.host}`)
      const { username, password } = vendor.writer
      const login = ['login', vendor.host, '--username', username, '--password-stdin']
      await done(person.oras(login, { input: password }))
      for (const version of ['0.1.0', '0.2.0', '0.10.0'])
        await done(person.ours(publishing(await chartOf(person, 'kept', version), at)))
      await done(person.ours(['tag', `${at}/kept:0.1.0`, 'latest']))
      await writeFile(join(person.home, 'sbom.json'), '{"packages": []}\n')
      for (const version of ['0.1.0', '0.2.0', '0.10.0']) {
        const reference = `${vendor.host}/${path}:${version}`
        await done(person.oras(['attach', '--artifact-type', 'a/sbom', reference, 'sbom.json']))
      }
      const pruned = person.ours(['prune', `${at}/kept`, '--keep', '1', '--yes', '-o', 'json'], {
        env: vendor.accountEnv,
      })
      const { repositories } = JSON.parse((await pruned).stdout) as {
        repositories: { tags: { tag: string; status: string; reason: string }[] }[]
      }
      const said = Object.fromEntries(repositories[0]?.tags.map(({ tag, status }) => [tag, status]) ?? [])
      expect(said).toMatchObject({
        '0.10.0': 'kept',
        '0.2.0': 'removed',
        '0.1.0': alone ? 'removed' : 'kept',
        latest: 'kept',
      })
      const left = vendor.ledger.tags(path).filter((tag) => !tag.startsWith('sha256-'))
      expect(left.sort()).toEqual(alone ? ['0.10.0', 'latest'] : ['0.1.0', '0.10.0', 'latest'])
      const entries = vendor.ledger.entries(path)
      const digests = entries.map(({ digest }) => digest)
      const orphans = entries.filter(({ subject }) => subject !== undefined && !digests.includes(subject))
      expect(orphans).toEqual([])
      for (const tag of ['0.10.0', 'latest']) {
        await done(person.ours(['pull', `${at}/kept:${tag}`]))
        expect(await attachedTo(person, `${vendor.host}/${path}:${tag}`)).toBe(1)
      }
    },
  )
})
