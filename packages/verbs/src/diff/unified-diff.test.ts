import { applyPatch } from 'diff'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { unifiedDiff } from './unified-diff.ts'

const text = fc
  .array(fc.constantFrom('a', 'b', '- c', '+ d', '@@ -1 +1 @@', '', '--- x', '`'), { maxLength: 30 })
  .map((lines) => lines.map((line) => `${line}\n`).join(''))

const difference = (before: string, after: string, edits = Number(limits.allDiffEdits)): Promise<string> =>
  unifiedDiff(before, after, { edits })

describe('a unified diff', () => {
  it('is empty for equal texts', async () => {
    expect(await difference('a\n', 'a\n')).toBe('')
  })

  it('has three lines of context and the numbers of its lines', async () => {
    const before = ['1', '2', '3', '4', '5', '6', '7', '8', '9', ''].join('\n')
    expect(await difference(before, before.replace('5', 'five'))).toBe(
      '@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
    )
  })

  it('has an empty range for a text that is not there', async () => {
    expect(await difference('', 'a\nb\n')).toBe('@@ -0,0 +1,2 @@\n+a\n+b\n')
    expect(await difference('a\nb\n', '')).toBe('@@ -1,2 +0,0 @@\n-a\n-b\n')
  })

  it('makes the second text of the first', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (before, after) => {
        fc.pre(before !== after)
        const patch = `--- a\n+++ b\n${await difference(before, after)}`
        expect(applyPatch(before, patch)).toBe(after)
      }),
    )
  })

  it('replaces the whole text where there are too many changes', async () => {
    const many = (word: string): string =>
      Array.from({ length: limits.diffEdits + 1 }, (_, line) => `${word} ${line}\n`).join('')
    const [before, after] = [many('a'), many('b')]
    const diff = await difference(before, after)
    expect(diff).toMatch(
      new RegExp(`^@@ -1,${limits.diffEdits + 1} \\+1,${limits.diffEdits + 1} @@\n-a 0\n-a 1\n`),
    )
    expect(applyPatch(before, `--- a\n+++ b\n${diff}`)).toBe(after)
  })

  it('replaces whole texts when too many changes have been found in others', async () => {
    const budget = { edits: 3 }
    expect(await unifiedDiff('a\nb\nc\n', 'a\nx\nc\n', budget)).toBe('@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n')
    expect(budget.edits).toBe(1)
    expect(await unifiedDiff('a\nb\n', 'a\nx\n', budget)).toBe('@@ -1,2 +1,2 @@\n-a\n-b\n+a\n+x\n')
    expect(budget.edits).toBe(0)
    expect(await unifiedDiff('a\nb\n', 'a\n', budget)).toBe('@@ -1,2 +1,1 @@\n-a\n-b\n+a\n')
  })
})
