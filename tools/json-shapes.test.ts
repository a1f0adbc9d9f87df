import { describe, expect, it } from 'vitest'
import { commandTable } from '../packages/cli/src/command-table.ts'
import { shapes } from '../packages/cli/src/shape/shapes.ts'
import { jsonPage } from './json-shapes.ts'

describe('docs/json.md', () => {
  it('is what the shapes say; npm run docs writes it anew', async () => {
    await expect(jsonPage()).toMatchFileSnapshot('../docs/json.md')
  })

  it('has a shape for every command that takes -o table', () => {
    // Others print objects of Kubernetes, or write a file.
    const commands = commandTable.filter(({ flags }) =>
      flags.some(
        ({ flags: text, choices }) => text.includes('--output <') && choices?.includes('table') === true,
      ),
    )
    expect(commands.map(({ name }) => name).sort()).toEqual(Object.keys(shapes).sort())
  })
})
