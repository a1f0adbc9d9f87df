import { describe, expect, it } from 'vitest'
import { commandTable } from '../packages/cli/src/command-table.ts'
import { shapes } from '../packages/cli/src/shape/shapes.ts'
import { jsonPage } from './json-shapes.ts'

describe('docs/json.md', () => {
  it('is what the shapes say; npm run docs writes it anew', async () => {
    await expect(jsonPage()).toMatchFileSnapshot('../docs/json.md')
  })

  it('has a shape for every command that takes -o', () => {
    const commands = commandTable.filter(({ flags }) =>
      flags.some(({ flags: text }) => text.includes('--output <')),
    )
    expect(commands.map(({ name }) => name).sort()).toEqual(Object.keys(shapes).sort())
  })
})
