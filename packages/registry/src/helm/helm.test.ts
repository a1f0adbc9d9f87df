import { mkdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseIndex } from '@chartroom/repository'
import type { Digest } from '@chartroom/oci'
import { openStore } from '@chartroom/store'
import { pushBlob, pushChart, send, sha256, startRegistry } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { createRegistry } from '../registry.ts'

const image = 'application/vnd.oci.image.manifest.v1+json'

describe('a namespace as a classic repository', () => {
  it('lists its charts, newest first, with bare digests and relative addresses', async () => {
    const { url } = await startRegistry()
    for (const version of ['1.9.0', '1.10.0', '1.10.0-rc.1', '2.0.0+build.7']) {
      await pushChart(url, { name: 'team/charts/app', version, archive: version })
    }
    await pushChart(url, { name: 'team/charts/other', version: '0.1.0', archive: 'other' })
    const got = await send(url, 'GET /helm/team/charts/index.yaml')
    expect(got).toMatchObject({ status: 200, headers: { 'content-type': 'application/yaml' } })
    const index = parseIndex(got.body.toString())
    expect([...index.entries.keys()]).toEqual(['app', 'other'])
    const app = index.entries.get('app') ?? []
    expect(app.map(({ version }) => version)).toEqual(['2.0.0+build.7', '1.10.0', '1.10.0-rc.1', '1.9.0'])
    expect(app[0]).toMatchObject({
      urls: ['app-2.0.0+build.7.tgz'],
      digest: sha256('2.0.0+build.7').slice('sha256:'.length),
      created: '2026-01-02T03:04:05Z',
    })
  })

  it('serves the archives and their provenance, whole, by HEAD and by ETag', async () => {
    const { url } = await startRegistry()
    const { archive } = await pushChart(url, {
      name: 'charts/my-app',
      version: '1.0.0-rc-1+b',
      archive: 'bytes',
    })
    for (const file of ['my-app-1.0.0-rc-1+b.tgz', 'my-app-1.0.0-rc-1%2Bb.tgz']) {
      const got = await send(url, `GET /helm/charts/${file}`)
      expect(got).toMatchObject({
        status: 200,
        headers: { 'content-type': 'application/gzip', etag: `"${archive}"` },
      })
      expect(String(got.body)).toBe('bytes')
    }
    const head = await send(url, 'HEAD /helm/charts/my-app-1.0.0-rc-1+b.tgz')
    expect(head).toMatchObject({ status: 200, headers: { 'content-length': '5' } })
    const known = { headers: { 'if-none-match': `"${archive}"` } }
    expect((await send(url, 'GET /helm/charts/my-app-1.0.0-rc-1+b.tgz', known)).status).toBe(304)
    expect((await send(url, 'GET /helm/charts/my-app-1.0.0-rc-1+b.tgz.prov')).status).toBe(404)
    await pushSigned(url, 'charts/signed', '1.0.0', 'signature')
    const signature = await send(url, 'GET /helm/charts/signed-1.0.0.tgz.prov')
    expect(String(signature.body)).toBe('signature')
  })

  it('sends its index zipped, and not at all to who has it', async () => {
    const { url } = await startRegistry()
    await pushChart(url, { name: 'charts/app', version: '1.0.0', archive: 'x' })
    const plain = await send(url, 'GET /helm/charts/index.yaml')
    const zipped = await send(url, 'GET /helm/charts/index.yaml', {
      headers: { 'accept-encoding': 'br, gzip' },
    })
    expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' })
    expect(gunzipSync(zipped.body).equals(plain.body)).toBe(true)
    expect(zipped.headers['etag']).not.toBe(plain.headers['etag'])
    const none = await send(url, 'GET /helm/charts/index.yaml', {
      headers: { 'accept-encoding': 'gzip;q=0' },
    })
    expect(none.headers['content-encoding']).toBeUndefined()
    const head = await send(url, 'HEAD /helm/charts/index.yaml')
    expect(head).toMatchObject({ status: 200, headers: { 'content-length': String(plain.body.length) } })
    for (const etag of [
      String(plain.headers['etag']),
      String(zipped.headers['etag']),
      '*',
      `"x", W/${String(plain.headers['etag'])}`,
    ]) {
      const again = await send(url, 'GET /helm/charts/index.yaml', { headers: { 'if-none-match': etag } })
      expect(again.status, etag).toBe(304)
    }
    await pushChart(url, { name: 'charts/app', version: '1.0.1', archive: 'x' })
    const known = { headers: { 'if-none-match': String(plain.headers['etag']) } }
    expect((await send(url, 'GET /helm/charts/index.yaml', known)).status).toBe(200)
  })

  it('has an index of the same bytes in every process', async () => {
    const one = await startRegistry()
    const two = await startRegistry({ dir: one.dir })
    await pushChart(one.url, { name: 'charts/app', version: '1.0.0', archive: 'x' })
    const index = await send(one.url, 'GET /helm/charts/index.yaml')
    expect((await send(two.url, 'GET /helm/charts/index.yaml')).body.equals(index.body)).toBe(true)
    await pushChart(two.url, { name: 'charts/app', version: '1.1.0', archive: 'y' })
    expect(await versions(one.url, 'charts', 'app')).toEqual(['1.1.0', '1.0.0'])
    expect(await versions(two.url, 'charts', 'app')).toEqual(['1.1.0', '1.0.0'])
  })

  it('follows each push and delete at once, also those by library', async () => {
    const { url, dir } = await startRegistry()
    const first = await pushChart(url, { name: 'charts/app', version: '1.0.0', archive: 'one' })
    expect(await versions(url, 'charts', 'app')).toEqual(['1.0.0'])
    await pushChart(url, { name: 'charts/app', version: '1.1.0', archive: 'two' })
    expect(await versions(url, 'charts', 'app')).toEqual(['1.1.0', '1.0.0'])
    await send(url, 'DELETE /v2/charts/app/manifests/1.1.0')
    expect(await versions(url, 'charts', 'app')).toEqual(['1.0.0'])
    expect((await send(url, 'GET /helm/charts/app-1.1.0.tgz')).status).toBe(404)
    const other = await openStore(dir)
    await other.repository('charts/app').deleteBlob(first.archive as Digest)
    await other.close()
    expect(await versions(url, 'charts', 'app')).toEqual([])
    expect((await send(url, 'GET /helm/charts/app-1.0.0.tgz')).status).toBe(404)
    await pushChart(url, { name: 'charts/app', version: '1.0.0', archive: 'replaced' })
    expect(String((await send(url, 'GET /helm/charts/app-1.0.0.tgz')).body)).toBe('replaced')
  })

  it('is the same object while nothing changed', async () => {
    const { url, dir } = await startRegistry()
    await pushChart(url, { name: 'charts/app', version: '1.0.0', archive: 'x' })
    await pushChart(url, { name: 'charts/rest', version: '1.0.0', archive: 'x' })
    const longAgo = new Date(Date.now() - 60_000)
    for (const folder of ['_tags', '_blobs']) {
      utimesSync(join(dir, 'repositories', 'charts', 'rest', folder), longAgo, longAgo)
    }
    expect(await versions(url, 'charts', 'rest')).toEqual(['1.0.0'])
    await pushChart(url, { name: 'charts/app', version: '1.1.0', archive: 'x' })
    expect(await versions(url, 'charts', 'rest')).toEqual(['1.0.0'])
    expect(await versions(url, 'charts', 'app')).toEqual(['1.1.0', '1.0.0'])
  })

  it('is any path: the root, and one below another, each with its direct children alone', async () => {
    const { url } = await startRegistry()
    await pushChart(url, { name: 'top', version: '1.0.0', archive: 'x' })
    await pushChart(url, { name: 'a/mid', version: '1.0.0', archive: 'x' })
    await pushChart(url, { name: 'a/b/low', version: '1.0.0', archive: 'x' })
    expect(await names(url, '')).toEqual(['top'])
    expect(await names(url, 'a/')).toEqual(['mid'])
    expect(await names(url, 'a/b/')).toEqual(['low'])
    // A chart's own repository is no namespace of charts, but it exists.
    expect(await names(url, 'top/')).toEqual([])
    for (const path of [
      'absent/index.yaml',
      'A/index.yaml',
      '..%2fx/index.yaml',
      '/index.yaml',
      'a/',
      'a/none.tgz',
      '%zz',
    ]) {
      expect((await send(url, `GET /helm/${path}`)).status, path).toBe(404)
    }
    expect((await send(url, 'POST /helm/a/index.yaml')).status).toBe(405)
  })

  it('leaves out what is no chart, goes by another name, or would break the index for Helm', async () => {
    const { url } = await startRegistry()
    await pushChart(url, { name: 'charts/app', version: '1.0.0', archive: 'x' })
    const manifest = (await send(url, 'GET /v2/charts/app/manifests/1.0.0')).body.toString()
    await put(url, 'charts/app', 'latest', manifest)
    for (const config of [
      '{"a":1}',
      '[',
      '{"name":"bad","version":"not a version"}',
      '{"name":"other","version":"1.0.0"}',
    ]) {
      await pushConfig(url, 'charts/bad', '1.0.0', config)
      expect(await names(url, 'charts/')).toEqual(['app'])
    }
    await pushConfig(url, 'charts/image', '1.0.0', '{}', 'application/vnd.oci.image.config.v1+json')
    await put(
      url,
      'charts/list',
      '1.0.0',
      '{"schemaVersion":2,"manifests":[]}',
      'application/vnd.oci.image.index.v1+json',
    )
    expect(await names(url, 'charts/')).toEqual(['app'])
    expect(await versions(url, 'charts', 'app')).toEqual(['1.0.0'])
    // Helm reads an index strictly: a field that it does not know would make it refuse all charts.
    await pushConfig(
      url,
      'charts/odd',
      '1.0.0',
      '{"name":"odd","version":"1.0.0","apiVersion":"v2","evil":{"a":1}}',
    )
    expect((await send(url, 'GET /helm/charts/index.yaml')).body.toString()).not.toContain('evil')
    expect(await names(url, 'charts/')).toEqual(['app', 'odd'])
  })

  it('leaves out a chart whose metadata is larger than Helm reads', async () => {
    const { url } = await startRegistry()
    const config = JSON.stringify({ name: 'big', version: '1.0.0', description: 'x'.repeat(4 * 1024 * 1024) })
    await pushConfig(url, 'charts/big', '1.0.0', config)
    expect(await names(url, 'charts/')).toEqual([])
  })

  it('answers for more namespaces than it keeps in memory', async () => {
    const { store, dir } = await startRegistry()
    const { app } = createRegistry({ store })
    for (let at = 0; at <= 1000; at += 1)
      mkdirSync(join(dir, 'repositories', `n${at}`, '_tags'), { recursive: true })
    for (let at = 0; at <= 1000; at += 1) {
      expect((await app.request(`/helm/n${at}/index.yaml`)).status).toBe(200)
    }
    expect((await app.request('/helm/n0/index.yaml')).status).toBe(200)
  })

  it('takes the time of the push for charts that say no time, or nonsense', async () => {
    const { url } = await startRegistry()
    await pushChart(url, { name: 'charts/app', version: '1.0.0', archive: 'x', created: 'yesterday' })
    const got = await send(url, 'GET /helm/charts/index.yaml')
    const created = parseIndex(got.body.toString()).entries.get('app')?.[0]?.created ?? ''
    expect(Math.abs(Date.parse(created) - Date.now())).toBeLessThan(60_000)
  })

  it('answers many at once while it is pushed to', async () => {
    const { url } = await startRegistry()
    await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        await pushChart(url, { name: `charts/app${at % 5}`, version: `1.0.${at}`, archive: `${at}` })
        expect(await versions(url, 'charts', `app${at % 5}`)).toContain(`1.0.${at}`)
      }),
    )
    expect(await names(url, 'charts/')).toEqual(['app0', 'app1', 'app2', 'app3', 'app4'])
  })
})

async function versions(url: string, namespace: string, name: string): Promise<string[]> {
  const got = await send(url, `GET /helm/${namespace}/index.yaml`)
  expect(got.status).toBe(200)
  return (parseIndex(got.body.toString()).entries.get(name) ?? []).map(({ version }) => version)
}

async function names(url: string, prefix: string): Promise<string[]> {
  const got = await send(url, `GET /helm/${prefix}index.yaml`)
  expect(got.status).toBe(200)
  return [...parseIndex(got.body.toString()).entries.keys()]
}

async function pushConfig(
  url: string,
  name: string,
  tag: string,
  config: string,
  mediaType = 'application/vnd.cncf.helm.config.v1+json',
): Promise<void> {
  const layer = {
    mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
    ...(await described(url, name, 'x')),
  }
  const document = {
    schemaVersion: 2,
    config: { mediaType, ...(await described(url, name, config)) },
    layers: [layer],
  }
  await put(url, name, tag, JSON.stringify(document))
}

async function pushSigned(url: string, name: string, version: string, signature: string): Promise<void> {
  const { tag } = await pushChart(url, { name, version, archive: 'signed' })
  const manifest = (await send(url, `GET /v2/${name}/manifests/${tag}`)).json() as { layers: object[] }
  const mediaType = 'application/vnd.cncf.helm.chart.provenance.v1.prov'
  const layers = [{ mediaType, ...(await described(url, name, signature)) }, ...manifest.layers]
  await put(url, name, tag, JSON.stringify({ ...manifest, layers }))
}

async function described(url: string, name: string, text: string): Promise<object> {
  return { digest: await pushBlob(url, name, text), size: text.length }
}

async function put(
  url: string,
  name: string,
  tag: string,
  body: string,
  type: string = image,
): Promise<void> {
  const got = await send(url, `PUT /v2/${name}/manifests/${tag}`, { body, headers: { 'content-type': type } })
  expect(got.status, got.body.toString()).toBe(201)
}
