import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { parseChallenges } from './challenge.ts'

describe('a WWW-Authenticate header', () => {
  it.each([
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
      [
        [
          'bearer',
          {
            realm: 'https://auth.docker.io/token',
            service: 'registry.docker.io',
            scope: 'repository:a/b:pull,push',
          },
        ],
      ],
    ],
    // IBM: no quotes; gcr.io: some.
    [
      'Bearer realm=https://cp.icr.io/oauth/token, service=registry, scope=repository:a/b:pull',
      [
        [
          'bearer',
          { realm: 'https://cp.icr.io/oauth/token', service: 'registry', scope: 'repository:a/b:pull' },
        ],
      ],
    ],
    [
      'Bearer realm="https://gcr.io/v2/token",service=gcr.io',
      [['bearer', { realm: 'https://gcr.io/v2/token', service: 'gcr.io' }]],
    ],
    // ECR behind a proxy: no comma.
    ['Basic realm="x"service="ecr.amazonaws.com"', [['basic', { realm: 'x', service: 'ecr.amazonaws.com' }]]],
    [
      'Negotiate, Basic realm="a", Bearer realm="b"',
      [
        ['negotiate', {}],
        ['basic', { realm: 'a' }],
        ['bearer', { realm: 'b' }],
      ],
    ],
    ['BEARER Realm = "a" , SCOPE="x y"', [['bearer', { realm: 'a', scope: 'x y' }]]],
    ['Bearer realm="a \\"b\\" \\\\c, d"', [['bearer', { realm: 'a "b" \\c, d' }]]],
    ['Bearer realm="",service=', [['bearer', { realm: '', service: '' }]]],
    ['Bearer realm="first",realm="second"', [['bearer', { realm: 'first' }]]],
    ['Bearer realm="open', [['bearer', { realm: 'open' }]]],
    ['', []],
    ['"', []],
    ['realm="a"', []],
  ])('%s', (header, wanted) => {
    expect(parseChallenges(header).map(({ scheme, parameters }) => [scheme, { ...parameters }])).toEqual(
      wanted,
    )
  })

  it('is read to a limit', () => {
    expect(parseChallenges('Basic, '.repeat(limits.challenges + 10))).toHaveLength(limits.challenges)
  })

  it('is data, also when it names __proto__', () => {
    expect(Object.keys(parseChallenges('Bearer __proto__=x')[0]?.parameters ?? {})).toEqual(['__proto__'])
  })

  it('reads back what is printed', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/)
    const challenge = fc.record({
      scheme: name,
      parameters: fc.dictionary(name, fc.string(), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
    })
    fc.assert(
      fc.property(fc.array(challenge, { maxLength: 4 }), (challenges) => {
        const header = challenges
          .map(
            ({ scheme, parameters }) =>
              `${scheme} ${Object.entries(parameters)
                .map(([key, value]) => `${key}="${value.replace(/["\\]/g, '\\$&')}"`)
                .join(', ')}`,
          )
          .join(', ')
        expect(
          parseChallenges(header).map(({ scheme, parameters }) => ({
            scheme,
            parameters: { ...parameters },
          })),
        ).toEqual(challenges)
      }),
    )
  })

  it('ends, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', '\\', ',', '=', ' ', 'a', 'Bearer ', '\u0000', 'é') }),
        (header) => Array.isArray(parseChallenges(header)),
      ),
    )
  })
})
