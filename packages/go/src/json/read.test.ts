import { describe, expect, it } from 'vitest'
import { formatJson } from './write.ts'
import { limits } from './limits.ts'
import { parseJson, parseJsonList, parseJsonMap } from './read.ts'

describe('JSON is read as Go reads it', () => {
  it.each([
    ['{"__proto__":{"a":[1,"x",null,true]}}', '{"__proto__":{"a":[1,"x",null,true]}}'],
    [' "\\ud800" ', '"\ufffd"'],
    ['{"a":1,"a":2}', '{"a":2}'],
    ['1e3', '1000'],
    ['-0', '-0'],
    ['12345678901234567890', '12345678901234567000'],
  ])('%s', (text, written) => {
    expect(formatJson(parseJson(text))).toBe(written)
  })

  it.each([
    ['', 'unexpected end of JSON input'],
    ['{"a":', 'unexpected end of JSON input'],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
    ['1 2', "invalid character '2' after top-level value"],
    ['01', "invalid character '1' after top-level value"],
    ['"\t"', "invalid character '\\t' in string literal"],
    ['nul', "invalid character ' ' in literal null (expecting 'l')"],
    ['1e999', 'json: cannot unmarshal number 1e999 into Go value of type float64'],
  ])('refuses %j', (text, message) => {
    expect(() => parseJson(text)).toThrow(message)
  })

  it('takes null for an empty map or list, and no other kind for them', () => {
    expect([...parseJsonMap('null')]).toEqual([])
    expect(() => parseJsonMap('[]')).toThrow(
      'json: cannot unmarshal array into Go value of type map[string]interface {}',
    )
    expect(() => parseJsonList('{}')).toThrow(
      'json: cannot unmarshal object into Go value of type []interface {}',
    )
  })

  it('nests as deep as its limit', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
    expect(() => parseJson(nested(limits.depth))).not.toThrow()
    for (const depth of [limits.depth + 1, 1_000_000]) {
      expect(() => parseJson(nested(depth))).toThrow('exceeded max depth')
    }
  })
})
