import { mkdir, readdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { send, startRegistry } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import type { ChartDesk } from '../../test/chart-desk.ts'
import { openChartDesk } from '../../test/chart-desk.ts'
import type { WebSite } from '../../test/web-site.ts'
import { archiveOf, offer, openWebSite } from '../../test/web-site.ts'
import { limits } from '../limits.ts'

/** A chart whose `charts/` holds `old-1.0.0.tgz`, and a repository. */
async function open(): Promise<{ desk: ChartDesk; site: WebSite }> {
  const desk = await openChartDesk()
  await desk.write('umbrella/charts/old-1.0.0.tgz', archiveOf('old', '1.0.0'))
  return { desk, site: await openWebSite() }
}

async function untouched(desk: ChartDesk): Promise<void> {
  expect(await desk.charts()).toEqual(['old-1.0.0.tgz'])
  expect((await readdir(desk.umbrella)).sort()).toEqual(['Chart.yaml', 'charts'])
}

describe('a repository that lies', () => {
  it.each([
    [
      'another chart than was asked for',
      archiveOf('evil', '1.0.0'),
      'gave evil 1.0.0 for app 1.0.0',
      'VERIFICATION_FAILED',
    ],
    ['another version', archiveOf('app', '1.0.1'), 'gave app 1.0.1 for app 1.0.0', 'VERIFICATION_FAILED'],
    ['no archive', new TextEncoder().encode('<html>'), '', 'ARCHIVE_INVALID'],
  ])('by serving %s is refused', async (_, archive, words, code) => {
    const { desk, site } = await open()
    offer(site, { name: 'app', version: '1.0.0', archive })
    await desk.declare(`- {name: app, version: "1", repository: ${site.url}}`)
    const error: unknown = await desk.update().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code })
    expect(String(error)).toContain(words)
    await untouched(desk)
  })

  it('about a digest is refused', async () => {
    const { desk, site } = await open()
    offer(site, { name: 'app', version: '1.0.0', digest: '0'.repeat(64) })
    await desk.declare(`- {name: app, version: "1", repository: ${site.url}}`)
    await expect(desk.update()).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    await untouched(desk)
  })

  it('about where a file belongs cannot write anywhere else', async () => {
    const { desk, site } = await open()
    offer(site, { name: 'app', version: '1.0.0', url: `${site.url}/%2e%2e%2f%2e%2e%2fevil.tgz` })
    site.pages.set('/%2e%2e%2f%2e%2e%2fevil.tgz', archiveOf('app', '1.0.0'))
    await desk.declare(`- {name: app, version: "1", repository: ${site.url}}`)
    await desk.update()
    expect(await desk.charts()).toEqual(['app-1.0.0.tgz'])
  })

  it('is not sent the login of another', async () => {
    const { desk, site } = await open()
    const other = await openWebSite()
    offer(site, { name: 'app', version: '1.0.0' })
    offer(other, { name: 'app2', version: '1.0.0' })
    await desk.declare(
      `- {name: app, version: "1", repository: ${site.url}}\n- {name: app2, version: "1", repository: ${other.url}}`,
    )
    const { Secret } = await import('@chartroom/errors')
    await desk.update({}, { username: 'me', password: new Secret('secret'), credentialHost: site.host })
    expect(new Set(site.logins)).toEqual(new Set([`Basic ${btoa('me:secret')}`]))
    expect(new Set(other.logins)).toEqual(new Set([undefined]))
  })
})

describe('a chart that asks for harm', () => {
  it.each([
    ['../../evil', 'has a name that is a path'],
    ['..', 'has a name that is a path'],
    ['a\\\\b', 'has a name that is a path'],
  ])('by the name %s is refused, in the lock too', async (name, words) => {
    const { desk, site } = await open()
    offer(site, { name: 'app', version: '1.0.0' })
    await desk.declare(`- {name: "${name}", version: "1", repository: ${site.url}}`)
    await expect(desk.update()).rejects.toThrow(words)
    await untouched(desk)
    await desk.declare(`- {name: app, version: "1", repository: ${site.url}}`)
    await desk.write(
      'umbrella/Chart.lock',
      `dependencies:\n- {name: "${name}", version: 1.0.0, repository: ""}\ndigest: x\ngenerated: "2026-01-01T00:00:00Z"\n`,
    )
    await expect(desk.build()).rejects.toThrow(words)
  })

  it.each([
    ['by one that does not end', `"${'>=1.0.0 '.repeat(100_000)}"`, 'constraint string is too long'],
    [
      'by blanks that could be read in many ways',
      `"${`1${' '.repeat(20)}`.repeat(20)}!"`,
      'improper constraint',
    ],
  ])('of a huge range, %s, is refused', async (_, version, words) => {
    const { desk, site } = await open()
    await desk.declare(`- {name: app, version: ${version}, repository: ${site.url}}`)
    await expect(desk.update()).rejects.toThrow(words)
    await untouched(desk)
  })

  it('of more charts than anybody has is refused', async () => {
    const { desk } = await open()
    const list = Array.from(
      { length: limits.dependencies + 1 },
      (_, i) => `- {name: a${i}, version: "1", repository: "https://example.com"}`,
    )
    await desk.declare(list.join('\n'))
    await expect(desk.update()).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    await desk.write(
      'umbrella/Chart.lock',
      `dependencies:\n${list.join('\n')}\ndigest: x\ngenerated: "2026-01-01T00:00:00Z"\n`,
    )
    await desk.declare(list[0] ?? '')
    await expect(desk.build()).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })

  it('of a file without end is refused', async () => {
    const { desk } = await open()
    await desk.write('umbrella/Chart.yaml', '#'.repeat(6 * 1024 * 1024))
    await expect(desk.update()).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
  })

  it('of an alias that is not known is refused before anything is asked', async () => {
    const { desk, site } = await open()
    await desk.declare(
      `- {name: app, version: "1", repository: "@other"}\n- {name: b, version: "1", repository: ${site.url}}`,
    )
    await expect(desk.update()).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'no repository definition for @other',
      hint: 'Add it: chartroom repo add other URL.',
    })
    expect(site.requests).toEqual([])
    await untouched(desk)
  })

  it.each([
    ['s3://bucket/charts', 'UNSUPPORTED', 'chartroom does not read s3:// repositories'],
    ['oci://registry.example/charts:1.0.0', 'CHART_INVALID', 'is not a reference'],
    ['oci://registry.example', 'CHART_INVALID', 'is not a reference: '],
    ['team', 'NOT_FOUND', 'no repository definition for team'],
    ['https://me:secret@[', 'USAGE', '***'],
  ])('from %s is refused', async (repository, code, words) => {
    const { desk } = await open()
    await desk.declare(`- {name: App, version: "^1", repository: "${repository}"}`)
    const error: unknown = await desk.update().catch((thrown: unknown) => thrown)
    expect([error, String(error)]).toEqual([
      expect.objectContaining({ code }),
      expect.stringContaining(words === '***' ? 'https://' : words),
    ])
    expect(String(error)).not.toContain('secret')
    await untouched(desk)
  })

  it('that depends on itself through folders is refused', async () => {
    const { desk } = await open()
    const chart = (name: string, next: string): string =>
      `apiVersion: v2\nname: ${name}\nversion: 1.0.0\ndependencies:\n- {name: ${next}, version: "1", repository: "file://../${next}"}\n`
    await desk.write('umbrella/Chart.yaml', chart('umbrella', 'a'))
    await desk.write('a/Chart.yaml', chart('a', 'b'))
    await desk.write('b/Chart.yaml', chart('b', 'a'))
    await expect(desk.update()).rejects.toThrow('charts depend on each other in a circle: a -> b -> a')
    await desk.write('b/Chart.yaml', chart('b', 'umbrella'))
    await expect(desk.update()).rejects.toThrow('umbrella -> a -> b -> umbrella')
    await mkdir(join(desk.home, 'links'))
    await symlink(desk.umbrella, join(desk.home, 'links', 'again'))
    await desk.declare('- {name: umbrella, version: "1", repository: "file://../links/again"}')
    await expect(desk.update()).rejects.toThrow('umbrella -> umbrella')
    await untouched(desk)
  })

  it('that leads through more folders than anybody has is refused', async () => {
    const { desk } = await open()
    const chart = (i: number): string =>
      `apiVersion: v2\nname: c${i}\nversion: 1.0.0\ndependencies:\n- {name: c${i + 1}, version: "1", repository: "file://../c${i + 1}"}\n`
    for (let i = 0; i <= limits.localDepth + 1; i++) await desk.write(`c${i}/Chart.yaml`, chart(i))
    await desk.declare('- {name: c0, version: "1", repository: "file://../c0"}')
    await expect(desk.update()).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    await untouched(desk)
  })

  it('that wants one file for two archives is refused', async () => {
    const { desk, site } = await open()
    const other = await openWebSite()
    offer(site, { name: 'app', version: '1.0.0' })
    offer(other, { name: 'app', version: '1.0.0', archive: archiveOf('app', '1.0.0', 'other') })
    await desk.declare(
      `- {name: app, version: "1", repository: ${site.url}}\n- {name: app, version: "1", repository: ${other.url}, alias: b}`,
    )
    await expect(desk.update()).rejects.toThrow('two dependencies would be saved as charts/app-1.0.0.tgz')
    await untouched(desk)
  })

  it('whose charts/ is a file is refused', async () => {
    const [desk, site] = [await openChartDesk(), await openWebSite()]
    offer(site, { name: 'app', version: '1.0.0' })
    await desk.declare(`- {name: app, version: "1", repository: ${site.url}}`)
    await desk.write('umbrella/charts', 'a file')
    await expect(desk.update()).rejects.toThrow('is not a directory')
    expect(await desk.read('charts')).toBe('a file')
  })
})

describe('one of several that fails', () => {
  it('leaves charts/ and the lock as they were', async () => {
    const { desk, site } = await open()
    const names = Array.from({ length: 12 }, (_, i) => `app${i}`)
    offer(site, ...names.map((name) => ({ name, version: '1.0.0' })))
    await desk.declare(
      names.map((name) => `- {name: ${name}, version: "1", repository: ${site.url}}`).join('\n'),
    )
    site.pages.set('/app7-1.0.0.tgz', 403)
    await expect(desk.update()).rejects.toThrow()
    await untouched(desk)
    offer(site, ...names.map((name) => ({ name, version: '1.0.0' })))
    await desk.update()
    expect(await desk.charts()).toHaveLength(12)
  })

  it('names every dependency that has no version', async () => {
    const { desk, site } = await open()
    offer(site, { name: 'a', version: '1.0.0' }, { name: 'b', version: '1.0.0' })
    await desk.declare(
      `- {name: a, version: "2", repository: ${site.url}}\n- {name: b, version: "3", repository: ${site.url}}`,
    )
    await expect(desk.update()).rejects.toMatchObject({
      message: expect.stringContaining(
        `for 2 subchart(s): "a" (repository "${site.url}", version "2"), "b"`,
      ) as string,
      hint: 'a has 1.0.0; b has 1.0.0.',
    })
  })
})

describe('a tag that was moved', () => {
  it('is found out by the recorded digest', async () => {
    const desk = await openChartDesk()
    const { pushChart } = await import('@chartroom/testkit')
    const { host, url } = await startRegistry()
    const push = (note: string): Promise<unknown> =>
      pushChart(url, { name: 'charts/app', version: '1.0.0', archive: archiveOf('app', '1.0.0', note) })
    await push('first')
    await desk.declare(`- {name: app, version: 1.0.0, repository: "oci://${host}/charts"}`)
    const { dependencies } = await desk.update()
    const manifest = await send(url, 'GET /v2/charts/app/manifests/1.0.0')
    expect(dependencies[0]?.manifestDigest).toBe(manifest.headers['docker-content-digest'])
    expect(await desk.read('Chart.digests.yaml')).toContain(
      `manifestDigest: ${dependencies[0]?.manifestDigest ?? ''}`,
    )
    await push('second')
    await expect(desk.build({ cache: undefined })).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' })
    await push('first')
    await desk.build({ cache: undefined })
  })
})
