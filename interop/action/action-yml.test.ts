import { readFileSync } from 'node:fs'
import { NoOperationTraceWriter } from '@actions/workflow-parser'
import { parseAction } from '@actions/workflow-parser/actions/action-parser'
import { expect, it } from 'vitest'

const content = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')

it('action.yml is what GitHub takes, by its own schema', () => {
  expect(faultsOf(content)).toEqual([])
})

it.each([
  ['outputs:', 'output:'],
  ['github.token', 'secrets.token'],
  ['using: node24', 'uses: node24'],
])('with %s as %s it is not', (from, to) => {
  expect(faultsOf(content.replace(from, to))).not.toEqual([])
})

function faultsOf(text: string): string[] {
  const parsed = parseAction({ name: 'action.yml', content: text }, new NoOperationTraceWriter())
  return parsed.context.errors.getErrors().map(({ message }) => message)
}
