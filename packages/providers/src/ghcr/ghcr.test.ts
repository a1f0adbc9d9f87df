import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clouds, contextIn, standAlone } from '../../test/clouds.ts'
import { pushTo } from '../../test/push.ts'
import type { RegistryPlace } from '../provider.ts'
import { detection } from './detect.ts'
import { apiOf } from './github.ts'
import { login } from './login.ts'
import { preparation } from './prepare.ts'
import { retention } from './retention.ts'
import { visibility } from './visibility.ts'

const cloud = clouds()

function place(repository: string, host = 'ghcr.io'): RegistryPlace {
  return { scheme: 'https', host, repository }
}

describe('the login for GitHub', () => {
  const env = { GITHUB_TOKEN: 'ghs_x', GITHUB_ACTOR: 'me' }

  it.each([
    ['ghcr.io', {}, true],
    ['ghcr.io', { GITHUB_SERVER_URL: 'https://github.com' }, true],
    ['ghcr.io', { GITHUB_SERVER_URL: 'https://acme.ghe.com' }, false],
    ['containers.acme.ghe.com', { GITHUB_SERVER_URL: 'https://acme.ghe.com' }, true],
    ['containers.acme.ghe.com', {}, false],
    ['containers.git.acme.example', { GITHUB_SERVER_URL: 'https://git.acme.example' }, true],
    ['containers.git.acme.example', { GITHUB_SERVER_URL: 'https://github.com' }, false],
    ['ghcr.io', { GITHUB_ACTOR: '' }, false],
  ])('of a workflow goes to %s with %o: %s', (host, more, isGiven) => {
    const credential = login.fromEnvironment?.({ env: { ...env, ...more } }, { scheme: 'https', host })
    expect(credential !== undefined).toBe(isGiven)
  })

  it.each([
    ['containers.git.acme.example', 'https://git.acme.example', true],
    ['containers.git.acme.example', 'https://github.com', false],
    ['containers.git.acme.example', 'nonsense', false],
    ['git.acme.example', 'https://git.acme.example', false],
  ])('knows %s for a registry of a workflow at %s: %s', (host, server, known) => {
    expect(detection.matches(host, { GITHUB_SERVER_URL: server })).toBe(known)
    expect(apiOf(host)).toBe(`https://${host.replace('containers.', '')}/api/v3`)
  })

  it.skipIf(process.platform === 'win32')('comes of gh, asked for the right GitHub', async () => {
    standAlone({})
    const folder = process.env['HOME'] ?? ''
    const program = join(folder, 'gh')
    writeFileSync(
      program,
      `#!${process.execPath}\nprocess.stdout.write(process.argv.slice(2).join(' ') + '\\n')`,
    )
    chmodSync(program, 0o755)
    const context = contextIn(cloud.vendors, { env: { PATH: folder } })
    const derived = await login.derive?.(context, { scheme: 'https', host: 'ghcr.io' })
    const { credential } = derived ?? {}
    expect(credential?.kind === 'basic' && credential.password.reveal()).toBe(
      'auth token --hostname github.com',
    )
    writeFileSync(program, `#!${process.execPath}\nprocess.exit(4)`)
    expect(await login.derive?.(context, { scheme: 'https', host: 'ghcr.io' })).toBeUndefined()
  })
})

describe('a path at GitHub', () => {
  it.each([
    ['Me/Charts/app', 'ghcr.io/me/charts/app'],
    ['app', 'ghcr.io/OWNER/app'],
  ])('%s is not taken, and %s is', (repository, corrected) => {
    expect(preparation.checkPath(place(repository))).toMatchObject({ corrected })
  })

  it('of any depth below an owner is taken', () => {
    expect(preparation.checkPath(place('me/a/b/c'))).toBeUndefined()
  })

  it('gets its source in a workflow alone', () => {
    const context = contextIn(cloud.vendors, { env: { GITHUB_REPOSITORY: 'me/app' } })
    expect(preparation.annotations?.(context)).toEqual({
      'org.opencontainers.image.source': 'https://github.com/me/app',
    })
    expect(preparation.annotations?.(contextIn(cloud.vendors))).toEqual({})
  })
})

describe('a package of GitHub', () => {
  it('is private at first, and has a page on which that is changed', async () => {
    const { ghcr } = cloud.vendors
    const context = contextIn(cloud.vendors, { login: ghcr.writer })
    const there = place('myuser/charts/seen')
    expect(await visibility.read?.(context, there)).toBeUndefined()
    await pushTo(context, there, ['1.0.0'])
    expect(await visibility.read?.(context, there)).toBe('private')
    ghcr.setVisibility(there.repository, 'public')
    expect(await visibility.read?.(context, there)).toBe('public')
    expect(visibility.page?.(there)).toBe(
      'https://github.com/users/myuser/packages/container/charts%2Fseen/settings',
    )
  })

  it('loses a version by its digest or its only tag, and itself with the last one', async () => {
    const { ghcr } = cloud.vendors
    const context = contextIn(cloud.vendors, { login: ghcr.writer })
    const there = place('myuser/charts/pruned')
    const first = await pushTo(context, there, ['1.0.0'])
    await pushTo(context, there, ['1.1.0'])
    await pushTo(context, there, ['1.2.0'])
    await retention.deleteManifest?.(context, there, first.digest)
    await retention.deleteTag?.(context, there, '1.1.0')
    expect(ghcr.ledger.tags(there.repository)).toEqual(['1.2.0'])
    await retention.deleteTag?.(context, there, '1.2.0')
    expect(ghcr.ledger.tags(there.repository)).toEqual([])
  })

  it('keeps a tag whose version has others, and says which', async () => {
    const { ghcr } = cloud.vendors
    const context = contextIn(cloud.vendors, { login: ghcr.writer })
    const there = place('myuser/charts/shared')
    await pushTo(context, there, ['1.0.0', 'latest'])
    await expect(retention.deleteTag?.(context, there, '1.0.0')).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining('latest') as string,
    })
    expect(ghcr.ledger.tags(there.repository)).toHaveLength(2)
  })

  it('says what a token lacks that may not delete', async () => {
    const { ghcr } = cloud.vendors
    const there = place('myuser/charts/kept')
    await pushTo(contextIn(cloud.vendors, { login: ghcr.writer }), there, ['1.0.0'])
    const reader = contextIn(cloud.vendors, { login: ghcr.reader })
    await expect(retention.deleteTag?.(reader, there, '1.0.0')).rejects.toMatchObject({
      code: 'FORBIDDEN',
      hint: expect.stringContaining('delete:packages') as string,
    })
  })

  it('is shown to nobody without a login', async () => {
    const context = contextIn(cloud.vendors)
    await expect(retention.deleteTag?.(context, place('myuser/charts/x'), '1')).rejects.toMatchObject({
      code: 'ANONYMOUS_REFUSED',
    })
    expect(cloud.vendors.network.lines()).toEqual([])
  })

  it('is found among more versions than a page has', async () => {
    const { ghcr } = cloud.vendors
    const context = contextIn(cloud.vendors, { login: ghcr.writer })
    const there = place('myuser/charts/many')
    const bytes = new TextEncoder().encode('{"schemaVersion":2,"layers":[]}')
    for (let index = 1; index <= 120; index++) {
      ghcr.ledger.push({
        repository: there.repository,
        digest: `sha256:${String(index).padStart(64, '0')}`,
        tags: [`0.${index}.0`],
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        bytes,
      })
    }
    ghcr.setVisibility(there.repository, 'private')
    await retention.deleteTag?.(context, there, '0.1.0')
    const asked = cloud.vendors.network.lines('api.github.com')
    expect(asked.filter((line) => line.includes('page='))).toHaveLength(2)
    expect(asked.at(-1)).toMatch(/^DELETE .*\/versions\/\d+$/)
  })
})
