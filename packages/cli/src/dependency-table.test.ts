import { describe, expect, it } from 'vitest'
import { dependencyTable } from './dependency-table.ts'

/** As helm 4.2.4 prints them; interop/dependency/list.test.ts compares with the program itself. */
describe('dependencyTable', () => {
  it('pads every column, the last one too, and joins them by tabs', () => {
    expect(
      dependencyTable(
        [
          ['NAME', 'STATUS'],
          ['a', 'missing'],
        ],
        80,
      ),
    ).toBe('NAME\tSTATUS \na   \tmissing')
  })

  it.each([
    [12, 'https://e...'],
    [4, 'h...'],
    [2, 'h...'],
    [0, 'https://example.com'],
  ])('cuts a cell to %d columns', (width, cell) => {
    expect(dependencyTable([['https://example.com']], width)).toBe(cell)
  })

  it('counts wide characters twice, and marks not at all', () => {
    expect(dependencyTable([['図書'], ['abcdef'], ['e\u0301']], 80)).toBe('図書  \nabcdef\ne\u0301     ')
  })

  it('prints no control characters', () => {
    expect(dependencyTable([['a\u001b[2Jb\nc']], 80)).toBe('a[2Jb c')
  })
})
