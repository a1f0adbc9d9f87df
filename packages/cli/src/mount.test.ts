import { createHash } from 'node:crypto'
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

/** Blobs that were asked for before they were sent. */
function asked(): string[] {
  return proxy.requests.filter((line) => /^HEAD \/v2\/.*\/blobs\//.test(line))
}

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

describe('a blob of a new version', () => {
  it('is sent without asking while it is small', async () => {
    expect((await shop.chartroom('publish', 'app', '--to', `oci://${proxy.host}/a`)).code).toBe(0)
    expect(asked()).toEqual([])
    expect(proxy.blobUploads()).toHaveLength(2)
  })

  it('is asked for first when it is larger than 64 KiB, and not sent where it is', async () => {
    const noise = Array.from({ length: 4096 }, (_, i) => createHash('sha256').update(`${i}`).digest('hex'))
    await shop.write('app/files/noise.txt', noise.join('\n'))
    const to = `oci://${proxy.host}/a`
    await shop.chartroom('publish', 'app', '--to', to)
    expect(asked()).toHaveLength(1)
    expect(proxy.blobUploads()).toHaveLength(2)
    await shop.chartroom('delete', `${to}/app:1.0.0`, '--yes')
    proxy.clear()
    await shop.chartroom('publish', 'app', '--to', to)
    expect(asked()).toHaveLength(1)
    // The config alone.
    expect(proxy.blobUploads().length).toBeLessThanOrEqual(1)
  })
})
