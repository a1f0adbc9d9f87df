import type { RecordingProxy } from '@chartroom/testkit'
import { recordingProxy } from '@chartroom/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop
let proxy: RecordingProxy

beforeEach(async () => {
  shop = await openWorkshop()
  proxy = await recordingProxy(shop.host)
  await shop.chart('app', '1.0.0')
})

afterEach(() => shop.close())

/** Of the starts of uploads, which repositories they name to mount from. */
function mountedFrom(): (string | undefined)[] {
  return proxy.requests
    .filter((line) => line.startsWith('POST '))
    .map((line) => /[?&]from=([^&]*)/.exec(line)?.[1])
}

describe('an equal blob in another repository of the host is mounted', () => {
  it('by push in a later run, from where the earlier one put it', async () => {
    await shop.chartroom('package', 'app')
    await shop.chartroom('push', 'app-1.0.0.tgz', `oci://${proxy.host}/a`)
    expect(proxy.blobUploads()).toHaveLength(2)
    expect(mountedFrom()).toEqual([undefined, undefined])
    proxy.clear()
    const pushed = await shop.chartroom('push', 'app-1.0.0.tgz', `oci://${proxy.host}/b`)
    expect(pushed.code).toBe(0)
    expect(proxy.blobUploads()).toEqual([])
    expect(mountedFrom()).toEqual(['a%2Fapp', 'a%2Fapp'])
    expect((await shop.chartroom('pull', `oci://${proxy.host}/b/app`, '-d', 'out')).code).toBe(0)
  })

  it('by push on another machine, where the registry looks for it itself', async () => {
    await shop.chartroom('package', 'app')
    await shop.chartroom('push', 'app-1.0.0.tgz', `oci://${shop.host}/a`)
    await shop.chartroom('push', 'app-1.0.0.tgz', `oci://${proxy.host}/b`)
    expect(mountedFrom()).toEqual([undefined, undefined])
    expect(proxy.blobUploads()).toEqual([])
  })

  it('by publish to two paths in one run, which names the repository', async () => {
    const to = ['--to', `oci://${proxy.host}/a`, '--to', `oci://${proxy.host}/b`]
    expect((await shop.chartroom('publish', 'app', ...to)).code).toBe(0)
    expect(proxy.blobUploads()).toHaveLength(2)
    expect(mountedFrom().filter((from) => from !== undefined)).toHaveLength(2)
  })
})
