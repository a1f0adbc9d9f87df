import type { Vendor, Vendors } from '@chartroom/testkit/vendors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failureRows } from './failure-rows.ts'
import { ourRows } from './our-rows.ts'
import { peerRows } from './peer-rows.ts'
import type { Expected, Scene } from './scene.ts'
import { openStage } from './stage.ts'

const charts = ['app', 'theirs', 'reader', 'expiring', 'helm-expiring', 'account', 'raw', 'pruned']

/** The rows that every vendor must pass, with our program and with others. `more` adds the vendor's own. */
export function vendorMatrix(
  name: string,
  pick: (vendors: Vendors) => Vendor,
  { expected, more }: { expected: Expected; more: (scene: () => Scene) => void },
): void {
  describe(name, () => {
    let scene: Scene

    beforeAll(async () => {
      const stage = await openStage()
      const vendor = pick(stage.vendors)
      for (const chart of charts) vendor.prepare(`${vendor.namespace}/${chart}`)
      scene = { stage, vendor, at: `oci://${vendor.host}/${vendor.namespace}` }
    })

    afterAll(() => scene.stage.close())

    ourRows(() => scene, expected)
    failureRows(() => scene, expected)
    peerRows(() => scene, expected)
    more(() => scene)

    it('no credential went to another origin, and no host was asked that is not known', () => {
      const { vendors } = scene.stage
      expect([vendors.leaks(), vendors.network.unknownHosts]).toEqual([[], []])
    })
  })
}
