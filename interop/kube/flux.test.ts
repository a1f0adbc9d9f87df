import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { good, password } from '../connections/site.ts'
import { writeChart } from '../workspace.ts'
import { sharedFleet } from './fleet.ts'
import { hostileValues, valuesFile } from './hostile-values.ts'
import { describeNotesOnValues } from './notes-on-values.ts'
import type { SourceStatus } from './objects.ts'
import { apply, artifactOf, create, get, source } from './objects.ts'
import { sharedCluster } from './shared.ts'
import type { CallOptions } from './site.ts'
import { chartroom } from './site.ts'

const cluster = sharedCluster(
  ['crds-source-controller-1.9.1', 'crds-helm-controller-1.6.0'],
  ['source-controller-1.9.1', 'helm-controller-1.6.0'],
)
const fleet = sharedFleet()
const login = ['--username', 'me', '--password-stdin']

/** Applies what the command writes, under this name in the namespace `default`. */
async function applied(
  name: string,
  args: readonly string[],
  { by = apply, ...options }: CallOptions & { by?: typeof create } = {},
): Promise<void> {
  const flags = ['--name', name, '--flux-namespace', 'default', '-n', 'shop']
  const written = good(await chartroom(fleet().home, ['gitops', 'flux', ...args, ...flags], options))
  await by(await cluster(), written)
}

async function specOf(kind: string, name: string): Promise<unknown> {
  return (await get(await cluster(), kind, name))['spec']
}

/** The status of the HelmChart that helm-controller made for a HelmRelease without `chartRef`, once that is installed. */
async function chartOf(release: string): Promise<SourceStatus> {
  await source(await cluster(), 'helmrelease', release, { ready: true })
  return source(await cluster(), 'helmchart', `default-${release}`, { ready: true })
}

describe('an OCIRepository', () => {
  it('S34 by tag, by range and by digest is fetched by Flux: our digest, our bytes', async () => {
    const running = await cluster()
    const { open, published } = fleet()
    const reference = `oci://${open.host}/charts/app`
    await applied('by-tag', [reference, '--version', '1.0.0', '--offline'])
    await applied('by-range', [reference, '--range', '^1'])
    await applied('by-digest', [`${reference}@${published.get('2.0.0')?.digest}`])
    await applied('pinned', [reference, '--version', '~1.0'])
    for (const [name, ref, version, revision] of [
      ['by-tag', { tag: '1.0.0' }, '1.0.0', '1.0.0@'],
      ['by-range', { semver: '^1' }, '1.1.0', '1.1.0@'],
      ['by-digest', { digest: published.get('2.0.0')?.digest }, '2.0.0', ''],
      ['pinned', { tag: '1.0.0', digest: published.get('1.0.0')?.digest }, '1.0.0', ''],
    ] as const) {
      expect(await specOf('ocirepository', name)).toMatchObject({ url: reference, ref })
      const status = await source(running, 'ocirepository', name, { ready: true })
      expect(status.artifact?.revision).toBe(`${revision}${published.get(version)?.digest}`)
      expect(await artifactOf(status)).toEqual(published.get(version)?.archive)
    }
  })

  it('S34 of a private registry is fetched with the Secret that is written beside it, and with no other login', async () => {
    const running = await cluster()
    const { closed, published } = fleet()
    const reference = `oci://${closed.host}/charts/app`
    const flags = [reference, '--version', '1.1.0']
    await applied('private', [...flags, '--secret', ...login], { input: password })
    await applied('private-range', [reference, '--range', '>=1', '--secret', ...login], { input: password })
    await applied('anonymous', [...flags, '--offline'])
    const wrong = ['secret', 'flux', '--registry', closed.host, '--name', 'wrong', '-n', 'default', ...login]
    await apply(running, good(await chartroom(fleet().home, wrong, { input: 'not-it' })))
    await applied('wrong', [...flags, '--offline', '--secret-name', 'wrong'])
    const status = await source(running, 'ocirepository', 'private', { ready: true })
    expect(status.artifact?.revision).toContain(published.get('1.1.0')?.digest)
    expect(await artifactOf(status)).toEqual(published.get('1.1.0')?.archive)
    const range = await source(running, 'ocirepository', 'private-range', { ready: true })
    expect(range.artifact?.revision).toBe(`2.0.0@${published.get('2.0.0')?.digest}`)
    for (const name of ['anonymous', 'wrong']) {
      const { message } = await source(running, 'ocirepository', name, { ready: false })
      expect(message).toMatch(/401|UNAUTHORIZED/)
    }
  })
})

describe('a version with build metadata, whose tag has _ for +', () => {
  it('S34 is fetched by Flux as version, by range and from a HelmRepository', async () => {
    const running = await cluster()
    const { home, open } = fleet()
    await writeChart(join(home.folder, 'plus'), { name: 'plus', version: '1.0.0+b1' })
    good(await chartroom(home, ['publish', 'plus', '--to', `oci://${open.host}/charts`, '--to', 'archives']))
    const archive = await readFile(join(home.folder, 'archives', 'plus-1.0.0+b1.tgz'))
    const reference = `oci://${open.host}/charts/plus`
    await applied('plus-tag', [reference, '--version', '1.0.0+b1', '--offline'])
    await applied('plus-range', [reference, '--range', '^1'])
    await applied('plus-repository', [reference, '--version', '1.0.0+b1', '--helm-repository'])
    for (const name of ['plus-tag', 'plus-range']) {
      expect(await artifactOf(await source(running, 'ocirepository', name, { ready: true }))).toEqual(archive)
    }
    expect(await artifactOf(await chartOf('plus-repository'))).toEqual(archive)
  })
})

describe('a HelmRepository', () => {
  it('S34 of type oci gives Flux our chart by version, by range and with a login', async () => {
    const { open, closed, published } = fleet()
    const flags = ['--helm-repository']
    await applied('oci-version', [`oci://${open.host}/charts/app`, '--version', '1.0.0', ...flags])
    await applied('oci-range', [`oci://${open.host}/charts/app`, '--range', '1.x', ...flags])
    await applied(
      'oci-private',
      [`oci://${closed.host}/charts/app`, '--version', '2.0.0', '--secret', ...login, ...flags],
      { input: password },
    )
    for (const [name, version] of [
      ['oci-version', '1.0.0'],
      ['oci-range', '1.1.0'],
      ['oci-private', '2.0.0'],
    ] as const) {
      expect(await specOf('helmrepository', name)).toMatchObject({ type: 'oci' })
      const status = await chartOf(name)
      expect(status.artifact?.revision).toBe(version)
      expect(await artifactOf(status)).toEqual(published.get(version)?.archive)
    }
  })

  it('S34 of a classic repository gives Flux our chart, with a login too', async () => {
    const running = await cluster()
    const { open, closed, published } = fleet()
    await applied('classic', ['app', '--repo', `${open.url}/helm/charts`, '--version', '1.1.0'])
    const repo = ['--repo', `${closed.url}/helm/charts`]
    await applied('classic-private', ['app', ...repo, '--range', '2.x', '--secret', ...login], {
      input: password,
    })
    await applied('classic-anonymous', ['app', ...repo, '--version', '2.0.0', '--offline'])
    for (const [name, version] of [
      ['classic', '1.1.0'],
      ['classic-private', '2.0.0'],
    ] as const) {
      await source(running, 'helmrepository', name, { ready: true })
      const status = await chartOf(name)
      expect(status.artifact?.revision).toBe(version)
      expect(await artifactOf(status)).toEqual(published.get(version)?.archive)
    }
    const refused = await source(running, 'helmrepository', 'classic-anonymous', { ready: false })
    expect(refused.message).toContain('401')
  })
})

describe('helm-controller', () => {
  it('S35 installs what the HelmRelease names, with its values, and keeps the release as helm does', async () => {
    const running = await cluster()
    const { home, open, closed, published } = fleet()
    const note = '{{ .Values.x }} ${HOME}\n---\nkind: Secret\n'
    await writeFile(join(home.folder, 'note.yaml'), JSON.stringify({ note }))
    const values = ['-f', 'note.yaml']
    await applied('installed', [`oci://${open.host}/charts/app`, '--version', '1.1.0', ...values])
    const secret = ['--secret', ...login]
    await applied(
      'installed-private',
      [`oci://${closed.host}/charts/app`, '--range', '^1', ...secret, ...values],
      {
        input: password,
      },
    )
    for (const name of ['installed', 'installed-private']) {
      const { conditions } = await source(running, 'helmrelease', name, { ready: true })
      expect(conditions).toContainEqual(expect.objectContaining({ type: 'Released', status: 'True' }))
      expect((await get(running, 'configmap', name, 'shop'))['data']).toEqual({ note })
      const { history } = (await get(running, 'helmrelease', name))['status'] as {
        history: readonly { chartVersion: string; ociDigest?: string; status: string }[]
      }
      expect(history).toMatchObject([
        { chartName: 'app', status: 'deployed', ociDigest: published.get('1.1.0')?.digest },
      ])
    }
  })
})

describe('a HelmRelease', () => {
  it('S35 names its OCIRepository, pinned, with values as given', async () => {
    const { home, open, published } = fleet()
    await writeFile(join(home.folder, 'values.yaml'), 'note: "on"\nnested: {list: [1, two, 3.5]}\n')
    await applied('release', [`oci://${open.host}/charts/app`, '--version', '1.1.0', '-f', 'values.yaml'])
    expect(await specOf('helmrelease', 'release')).toMatchObject({
      chartRef: { kind: 'OCIRepository', name: 'release', namespace: 'default' },
      targetNamespace: 'shop',
      releaseName: 'release',
      values: { note: 'on', nested: { list: [1, 'two', 3.5] } },
    })
    expect(await specOf('ocirepository', 'release')).toMatchObject({
      ref: { digest: published.get('1.1.0')?.digest },
    })
    await source(await cluster(), 'ocirepository', 'release', { ready: true })
  })

  it('S35 of a HelmRepository names chart and version', async () => {
    const { open } = fleet()
    const args = ['app', '--repo', `${open.url}/helm/charts`, '--version', '~1.0']
    await applied('release-of-repository', args)
    expect(await specOf('helmrelease', 'release-of-repository')).toMatchObject({
      chart: {
        spec: {
          chart: 'app',
          version: '1.0.0',
          sourceRef: { kind: 'HelmRepository', name: 'release-of-repository' },
        },
      },
    })
    expect((await chartOf('release-of-repository')).artifact?.revision).toBe('1.0.0')
  })

  it('S35 has values that YAML would read as something else, and the API gives them back as they were', async () => {
    const { home, open } = fleet()
    const values = hostileValues()
    await writeFile(join(home.folder, 'hostile.json'), valuesFile(values))
    const args = [`oci://${open.host}/charts/app`, '--version', '1.1.0', '--offline', '-f', 'hostile.json']
    await applied('hostile', args, { by: create })
    expect(((await specOf('helmrelease', 'hostile')) as { values: unknown }).values).toEqual(values)
    await expect(get(await cluster(), 'secret', 'stolen')).rejects.toThrow('not found')
  })

  it('is refused by the API with a field that it does not know', async () => {
    const wrong = {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name: 'wrong', namespace: 'default' },
      spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name: 'app', digest: 'sha256:0' } },
    }
    await expect(apply(await cluster(), [wrong])).rejects.toThrow(
      '.spec.chartRef.digest: field not declared in schema',
    )
  })
})

describeNotesOnValues('flux', cluster, fleet)
