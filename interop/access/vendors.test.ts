import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Vendor, Vendors } from '@chartroom/testkit/vendors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chartOf, done, loggedIn, publishing } from '../vendors/scene.ts'
import type { Stage } from '../vendors/stage.ts'
import { openStage } from '../vendors/stage.ts'
import { workspace } from '../workspace.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage?.close())

const vendors: readonly (readonly [title: string, pick: (all: Vendors) => Vendor])[] = [
  ['GitHub Container Registry', ({ ghcr }) => ghcr],
  ['Docker Hub', ({ dockerHub }) => dockerHub],
  ['Amazon ECR', ({ ecr }) => ecr],
  ['Azure Container Registry', ({ acr }) => acr],
  ['Google Artifact Registry', ({ gar }) => gar],
  ['Harbor', ({ harbor }) => harbor],
  ['JFrog Artifactory', ({ artifactory }) => artifactory],
]

describe('a reader, as docs/access.md makes one', () => {
  it.each(vendors)(
    'S1c S43 S51b of %s pulls, and is refused a push with exit 3 and a sentence',
    async (title, pick) => {
      const page = await readFile(join(workspace, 'docs', 'access.md'), 'utf8')
      expect(page).toContain(`| ${title} |`)
      const vendor = pick(stage.vendors)
      const scene = { stage, vendor, at: `oci://${vendor.host}/${vendor.namespace}` }
      vendor.prepare(`${vendor.namespace}/shared`)
      const [writer, reader] = [
        await loggedIn(scene, `writer-${vendor.host}`),
        await loggedIn(scene, `reader-${vendor.host}`, vendor.reader),
      ]
      await done(writer.ours(publishing(await chartOf(writer, 'shared'), scene.at)))
      await done(reader.ours(['pull', `${scene.at}/shared`, '--version', '0.1.0']))
      const refused = await reader.ours(publishing(await chartOf(reader, 'shared', '0.2.0'), scene.at))
      expect([refused.code, refused.stderr]).toEqual([
        3,
        expect.stringMatching(/^Error: .{20,}\nHint: .{10,}/m),
      ])
      expect(vendor.ledger.tags(`${vendor.namespace}/shared`)).toEqual(['0.1.0'])
    },
  )
})
