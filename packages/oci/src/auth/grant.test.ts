import { describe, expect, it } from 'vitest'
import { grantOf } from './grant.ts'

const tokenWith = (claims: unknown): string =>
  `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`

describe('grantOf', () => {
  it('reads what a token allows, and until when', () => {
    const access = [
      { type: 'repository', name: 'b/ü', actions: ['pull'] },
      { type: 'repository', name: 'a', actions: ['pull', 'push'] },
    ]
    expect(grantOf(tokenWith({ access, exp: 1_700_000_000 }))).toEqual({
      scopes: ['repository:a:pull,push', 'repository:b/ü:pull'],
      expiresAt: 1_700_000_000_000,
    })
  })

  it.each([
    '',
    'opaque',
    'a.b',
    'a.!!.c',
    `a.${Buffer.from('null').toString('base64url')}.c`,
    tokenWith({ access: 5 }),
  ])('knows nothing of %j', (token) => {
    expect(grantOf(token)).toBeUndefined()
  })

  it('leaves out what is no scope', () => {
    const access = [
      null,
      'x',
      { type: 'repository' },
      { type: 'repository', name: 'a', actions: [1, 'pull'] },
    ]
    expect(grantOf(tokenWith({ access, exp: 'soon' }))).toEqual({
      scopes: ['repository:a:pull'],
      expiresAt: undefined,
    })
  })
})
