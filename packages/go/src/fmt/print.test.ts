import { describe, expect, it } from 'vitest'
import { goInt } from '../value/int.ts'
import type { GoObject } from '../value/object.ts'
import type { Value } from '../value/value.ts'
import { limits } from './limits.ts'
import { formatValue, sprint, sprintf, sprintln } from './print.ts'

describe('sprint', () => {
  it.each([
    [[], ''],
    [['a', 'b'], 'ab'],
    [[1, 2], '1 2'],
    [['a', 1, 2, 'b'], 'a1 2b'],
    [[null, null], '<nil> <nil>'],
    [[undefined, 'x'], '<nil>x'],
    [[true, goInt(3)], 'true 3'],
    [[[1], new Map([['a', 'b']])], '[1] map[a:b]'],
  ] as [Value[], string][])('row %# is printed as one text', (values, printed) => {
    expect(sprint(values)).toBe(printed)
  })

  it('puts spaces between all values of a line', () => {
    expect(sprintln(['a', 1, null])).toBe('a 1 <nil>\n')
    expect(sprintln([])).toBe('\n')
  })
})

describe('structs', () => {
  const fields = new Map<string, Value>([
    ['Name', 'a'],
    ['Size', goInt(2)],
    ['Any', null],
  ])
  const struct: GoObject = { goType: 'main.T', goKind: 'struct', fields, methods: new Map() }
  const pointer: GoObject = { ...struct, goType: '*main.T', goKind: 'ptr' }

  it.each([
    ['%v', struct, '{a 2 <nil>}'],
    ['%+v', struct, '{Name:a Size:2 Any:<nil>}'],
    ['%#v', struct, 'main.T{Name:"a", Size:2, Any:interface {}(nil)}'],
    ['%T', struct, 'main.T'],
    ['%v', pointer, '&{a 2 <nil>}'],
    ['%+v', pointer, '&{Name:a Size:2 Any:<nil>}'],
    ['%#v', pointer, '&main.T{Name:"a", Size:2, Any:interface {}(nil)}'],
  ])('%s prints the fields', (format, value, printed) => {
    expect(sprintf(format, [value])).toBe(printed)
  })

  it('prints the address of a pointer inside a list, the same in every run', () => {
    expect(sprintf('%v', [[pointer]])).toBe('[0xc000010000]')
    expect(sprintf('%p', [new Map()])).toBe('0xc000010000')
  })

  it('prints what String gives, but not under a verb for numbers', () => {
    const named: GoObject = { ...struct, text: () => 'me' }
    expect(sprintf('%v|%5s|%q|%x', [named, named, named, named])).toBe('me|   me|"me"|6d65')
    expect(sprintf('%d', [named])).toBe('{%!d(string=a) 2 <nil>}')
  })
})

describe('limits', () => {
  it('refuses a map that holds itself', () => {
    const map = new Map<string, Value>()
    map.set('self', map)
    expect(() => formatValue(map)).toThrow(`nested more than ${limits.depth} deep`)
  })

  it('prints a list as deep as the limit', () => {
    let list: Value[] = []
    for (let depth = 1; depth < limits.depth; depth++) list = [list]
    expect(formatValue(list)).toHaveLength(2 * limits.depth)
  })

  it('takes no width beyond the one of Go', () => {
    expect(sprintf('%*d', [goInt(limits.width + 1), goInt(1)])).toBe('%!(BADWIDTH)1')
    expect(sprintf('%*d', [goInt(limits.width), goInt(1)])).toHaveLength(limits.width)
  })
})
