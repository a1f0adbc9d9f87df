import { formatJson } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import type { GivenValues } from './given-values.ts'
import { mergeGivenValues, namedFiles } from './given-values.ts'

const json = (given: GivenValues): string => formatJson(mergeGivenValues(given))

describe('given values', () => {
  it('are merged by kind of flag, whatever their order on the command line', () => {
    expect(
      json({
        setLiteral: ['f=6'],
        setFile: ['e=a'],
        fileText: () => '5',
        setString: ['d=4,e=x'],
        set: ['c=3,d=x'],
        setJson: ['b=2,c=0', '{"c":1}'],
        files: [
          { name: 'a', text: 'a: 0\nm: {p: 1, q: 1}\n' },
          { name: 'b', text: 'a: 1\nb: 0\nm: {q: 2}\n' },
        ],
      }),
    ).toBe('{"a":1,"b":2,"c":3,"d":"4","e":"5","f":"6","m":{"p":1,"q":2}}')
  })

  it.each([
    ['a=1', '{"a":1}'],
    ['a=007', '{"a":"007"}'],
    ['a=1.5', '{"a":"1.5"}'],
    ['a=true,b=null,c=', '{"a":true,"b":null,"c":""}'],
    ['a={1,x,null}', '{"a":[1,"x",null]}'],
    ['a={}', '{"a":[""]}'],
    ['a[1].b=c', '{"a":[null,{"b":"c"}]}'],
    ['a\\.b=c\\,d', '{"a.b":"c,d"}'],
    ['__proto__.a=1', '{"__proto__":{"a":1}}'],
    ['a=9223372036854775808', '{"a":"9223372036854775808"}'],
  ])('reads --set %s', (line, expected) => {
    expect(json({ set: [line] })).toBe(expected)
  })

  it.each([
    ['a', 'failed parsing --set data: key "a" has no value'],
    [
      `a[${limits.setIndex + 1}]=1`,
      `index of ${limits.setIndex + 1} is greater than maximum supported index`,
    ],
    ['a[-1]=1', 'negative -1 index not allowed'],
    ['a[x]=1', 'strconv.Atoi: parsing "x": invalid syntax'],
    [`${'a.'.repeat(limits.setNesting + 1)}a=1`, 'value name nested level is greater than maximum supported'],
  ])('refuse --set %s', (line, message) => {
    expect(() => mergeGivenValues({ set: [line] })).toThrow(message)
    expect(() => mergeGivenValues({ set: [line] })).toThrow(
      expect.objectContaining({ code: 'VALUES_INVALID', hint: expect.any(String) }),
    )
  })

  it('reach as far as the limits', () => {
    const list = mergeGivenValues({ set: [`a[${limits.setIndex}]=1`] }).get('a')
    expect(list).toHaveLength(limits.setIndex + 1)
    expect(() => mergeGivenValues({ set: [`${'a.'.repeat(limits.setNesting)}a=1`] })).not.toThrow()
  })

  it('name the files of --set-file beforehand', () => {
    expect(namedFiles(['a=x.txt,b.c=dir/y.txt', 'd[0]=z'])).toEqual(['x.txt', 'dir/y.txt', 'z'])
  })
})
