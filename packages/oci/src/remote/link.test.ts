import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextTarget, parseLinks } from './link.ts'

describe('a Link header', () => {
  it.each([
    ['</v2/a/tags/list?last=b&n=2>; rel="next"', '/v2/a/tags/list?last=b&n=2'],
    ['<x>; rel=next', 'x'],
    ['<x>;REL="prev Next"', 'x'],
    ['<a>; rel="prev", <b>; title="x, <c>; rel=\\"next\\"", <d>; rel="next"', 'd'],
    ['<a,b;c>; rel="next"', 'a,b;c'],
    ['<x>; rel="last"', undefined],
    ['<x>', undefined],
    ['', undefined],
    ['<x; rel="next"', undefined],
    ['<x>; rel="prev"; rel="next"', undefined],
    ['nonsense, <x>; rel="next"', undefined],
  ])('%s continues at %s', (header, wanted) => {
    expect(nextTarget(header)).toBe(wanted)
  })

  it('reads back what is printed', () => {
    const link = fc.record({
      target: fc.stringMatching(/^[A-Za-z0-9/?&=.,;_-]{1,30}$/),
      parameters: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.string(), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
    })
    fc.assert(
      fc.property(fc.array(link, { maxLength: 4 }), (links) => {
        const header = links
          .map(({ target, parameters }) =>
            [
              `<${target}>`,
              ...Object.entries(parameters).map(
                ([key, value]) => `${key}="${value.replace(/["\\]/g, '\\$&')}"`,
              ),
            ].join('; '),
          )
          .join(', ')
        expect(
          parseLinks(header).map(({ target, parameters }) => ({ target, parameters: { ...parameters } })),
        ).toEqual(links)
      }),
    )
  })

  it('ends, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', ';', ',', '"', '\\', '=', ' ', 'rel', 'next') }),
        (header) => Array.isArray(parseLinks(header)),
      ),
    )
  })
})
