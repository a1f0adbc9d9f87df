import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import type { ContextChoice } from './context-namespace.ts'
import { contextNamespace } from './context-namespace.ts'

let folder: string
let said: string[]

const first = `current-context: one
contexts:
- {name: one, context: {cluster: a, namespace: first-one}}
- {name: bare, context: {cluster: a}}
`
const second = `{"current-context": "two", "contexts": [
  {"name": "one", "context": {"namespace": "second-one"}}, {"name": "two", "context": {"namespace": "second-two"}}]}`

beforeEach(async () => {
  said = []
  folder = await mkdtemp(join(tmpdir(), 'chartroom-kubeconfig-'))
  await mkdir(join(folder, '.kube'))
  await writeFile(join(folder, '.kube/config'), second)
  await writeFile(join(folder, 'first'), first)
  await writeFile(join(folder, 'second'), second)
  await writeFile(join(folder, 'none'), 'contexts: 1\n')
  await writeFile(join(folder, 'text'), 'text')
  await writeFile(join(folder, 'broken'), '{{{')
})

afterEach(() => rm(folder, { recursive: true, force: true }))

function chosen(choice: ContextChoice, KUBECONFIG?: string): Promise<string | undefined> {
  const environment = { env: { HOME: folder, KUBECONFIG }, cwd: folder, platform: process.platform }
  return contextNamespace(choice, environment, (message) => said.push(message))
}

describe('contextNamespace takes', () => {
  it.each<[string, ContextChoice, string | undefined, string | undefined]>([
    ['the current context of a file', { kubeconfig: 'first' }, undefined, 'first-one'],
    ['another context of it', { kubeconfig: 'second', context: 'one' }, undefined, 'second-one'],
    ['none from a context that has none', { kubeconfig: 'first', context: 'bare' }, undefined, undefined],
    ['none from a file without a current context', { kubeconfig: 'none' }, undefined, undefined],
    ['the file at home', { context: 'one' }, undefined, 'second-one'],
    [
      'the files of KUBECONFIG, the first of which wins',
      { context: 'one' },
      'absent:first:second',
      'first-one',
    ],
    ['a context of any of them', { context: 'two' }, 'first:second', 'second-two'],
    ['the current context of the first', {}, 'second:first', 'second-two'],
  ])('%s', async (_, choice, variable, expected) => {
    expect(await chosen(choice, variable)).toBe(expected)
    expect(said).toEqual([])
  })
})

describe('contextNamespace says, and takes none', () => {
  it.each<[string, ContextChoice, string]>([
    ['where there is no such file', { kubeconfig: 'absent' }, 'there is no absent'],
    [
      'where there is no such context',
      { kubeconfig: 'first', context: 'x' },
      'there is no context x in first',
    ],
    ['where there are no contexts', { kubeconfig: 'none', context: 'x' }, 'there is no context x in none'],
    ['of a file that is no map', { kubeconfig: 'text' }, 'is no kubeconfig'],
    ['of a file that is no YAML', { kubeconfig: 'broken' }, ''],
    ['of a folder', { kubeconfig: '.kube' }, ''],
  ])('%s', async (_, choice, words) => {
    expect(await chosen(choice)).toBeUndefined()
    expect(said).toEqual([expect.stringMatching(/^no namespace is taken from the kubeconfig: ./)])
    expect(said[0]).toContain(words)
  })

  it('of a file beyond the limit', async () => {
    await truncate(join(folder, 'first'), limits.kubeconfigBytes + 1)
    expect(await chosen({ kubeconfig: 'first' })).toBeUndefined()
    expect(said[0]).toContain(`larger than ${limits.kubeconfigBytes} bytes`)
  })
})
