import { describe, expect, it } from 'vitest'
import { clouds, contextIn } from '../test/clouds.ts'
import { Recogniser } from './recognise.ts'

const cloud = clouds()

function https(host: string): { scheme: 'https'; host: string } {
  return { scheme: 'https', host }
}

const bearer = (realm: string, service: string): { status: number; headers: Record<string, string> } => ({
  status: 401,
  headers: { 'www-authenticate': `Bearer realm="${realm}",service="${service}"` },
})

describe('a registry under a name of its own', () => {
  it.each([
    ['harbor', bearer('https://h.example.com/service/token', 'harbor-registry')],
    ['artifactory', { status: 200, headers: { 'x-jfrog-version': 'Artifactory/7.1' } }],
    ['artifactory', { status: 404, headers: { 'x-artifactory-id': 'abc' } }],
    ['artifactory', bearer('https://h.example.com/artifactory/api/docker/null/v2/token', 'h.example.com')],
    ['acr', bearer('https://myregistry.azurecr.io/oauth2/token', 'myregistry.azurecr.io')],
    [undefined, bearer('https://auth.example.com/oauth2/token', 'registry')],
    [undefined, bearer('https://h.example.com/token', 'registry')],
    [undefined, { status: 200, headers: {} }],
  ])('is known as %s by its answer', (id, answer) => {
    const recogniser = new Recogniser({})
    recogniser.note(https('h.example.com'), answer)
    expect(recogniser.known(https('h.example.com'))?.id).toBe(id)
    expect(recogniser.known(https('other.example.com'))).toBeUndefined()
    expect(recogniser.known({ scheme: 'http', host: 'h.example.com' })).toBeUndefined()
  })

  it('is known by a refusal that comes after answers which told nothing', () => {
    const recogniser = new Recogniser({})
    recogniser.note(https('h.example.com'), { status: 200, headers: {} })
    recogniser.note(https('h.example.com'), bearer('https://h.example.com/service/token', 'harbor-registry'))
    expect(recogniser.known(https('h.example.com'))?.id).toBe('harbor')
  })

  it('stays what its address says, whatever it answers', () => {
    const recogniser = new Recogniser({})
    recogniser.note(https('ghcr.io'), bearer('https://ghcr.io/service/token', 'harbor-registry'))
    expect(recogniser.known(https('ghcr.io'))?.id).toBe('ghcr')
  })

  it('is asked once, and not at all where its address tells', async () => {
    const { transport } = contextIn(cloud.vendors)
    const recogniser = new Recogniser({})
    expect((await recogniser.recognise(https('harbor.example.com'), transport))?.id).toBe('harbor')
    expect((await recogniser.recognise(https('harbor.example.com'), transport))?.id).toBe('harbor')
    expect((await recogniser.recognise(https('ghcr.io'), transport))?.id).toBe('ghcr')
    expect(cloud.vendors.network.lines()).toEqual(['GET harbor.example.com/v2/'])
  })
})
