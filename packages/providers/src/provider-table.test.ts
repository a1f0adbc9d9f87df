import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { providerOf, providerTable } from './provider-table.ts'

describe('an address', () => {
  it.each([
    ['ghcr.io', 'ghcr'],
    ['GHCR.IO', 'ghcr'],
    ['containers.acme.ghe.com', 'ghcr'],
    ['registry-1.docker.io', 'docker-hub'],
    ['index.docker.io', 'docker-hub'],
    ['docker.io', 'docker-hub'],
    ['registry.hub.docker.com', 'docker-hub'],
    ['123456789012.dkr.ecr.eu-central-1.amazonaws.com', 'ecr'],
    ['public.ecr.aws', 'ecr'],
    ['myregistry.azurecr.io', 'acr'],
    ['myregistry-a1b2c3.azurecr.io', 'acr'],
    ['myregistry.azurecr.cn', 'acr'],
    ['myregistry.azurecr.us', 'acr'],
    ['europe-west1-docker.pkg.dev', 'gar'],
    ['docker.us-east4.rep.pkg.dev', 'gar'],
    ['gcr.io', 'gar'],
    ['eu.gcr.io', 'gar'],
    ['acme.jfrog.io', 'artifactory'],
  ])('%s is that of %s', (host, id) => {
    expect(providerOf(host)?.id).toBe(id)
  })

  it.each([
    'localhost:5000',
    'ghcr.io.example.com',
    'myghcr.io',
    'docker.io.example.com',
    'mcr.microsoft.com',
    'azurecr.io',
    'a.azurecr.io',
    'myregistry.azurecr.io.example.com',
    'pkg.dev',
    'docker.pkg.dev.example.com',
    'jfrog.io',
    'harbor.example.com',
    'quay.io',
  ])('%s is nobody that is known here', (host) => {
    expect(providerOf(host)).toBeUndefined()
  })

  it('of an Artifactory may be named by a variable', () => {
    const env = { JF_URL: 'https://artifacts.example.com/' }
    expect(providerOf('artifacts.example.com', env)?.id).toBe('artifactory')
    expect(providerOf('other.example.com', env)).toBeUndefined()
  })
})

describe('a vendor', () => {
  const src = fileURLToPath(new URL('.', import.meta.url))

  it.each(providerTable.map(({ id }) => id))('%s has a file for each part, named alike', (id) => {
    const parts = ['detect', 'explain', 'login', 'prepare', 'provider', 'retention', 'visibility']
    expect(readdirSync(join(src, id))).toEqual(expect.arrayContaining(parts.map((part) => `${part}.ts`)))
  })

  it.each(providerTable)('$id says what it does in words', async ({ id, load }) => {
    const { id: own, title, detection, login, preparation, visibility, retention } = await load()
    expect(own).toBe(id)
    const words = [title, detection.hosts, ...login.sources, preparation.rule, visibility.how]
    for (const text of [...words, retention.policy]) expect(text).not.toBe('')
    expect(login.sources.length).toBeGreaterThan(0)
  })

  it.each(providerTable)('$id looks for what a push needs by names of units', async ({ load }) => {
    const { preparation } = await load()
    const place = { scheme: 'https', host: 'us-docker.pkg.dev', repository: 'a/b/c' } as const
    expect(preparation.ensure === undefined).toBe(preparation.unit === undefined)
    expect(preparation.unit?.(place) ?? 'x').toMatch(/\S/)
  })
})
