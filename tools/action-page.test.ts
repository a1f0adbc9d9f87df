import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { actionFile, actionPage } from './action-page.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

describe('action.yml', () => {
  it('has the inputs and outputs of docs/github-action.md; npm run docs writes them anew', async () => {
    await expect(actionPage()).toMatchFileSnapshot('../docs/github-action.md')
  })

  it('has the inputs that the action reads, and no others', () => {
    const text = readFileSync(`${root}/packages/action/src/inputs.ts`, 'utf8')
    const read = [
      ...text.matchAll(/(?:textOf|linesOf|booleanOf)\(env, '([a-z-]+)'\)|inputVariable\('([a-z-]+)'\)/g),
    ]
    const names = new Set(read.map(([, first, second]) => first ?? second ?? ''))
    expect([...names].sort()).toEqual(Object.keys(actionFile().inputs).sort())
  })

  it('has the outputs that the action gives', () => {
    const text = readFileSync(`${root}/packages/action/src/outputs.ts`, 'utf8')
    const [, union = ''] = /type OutputName = (.+)/.exec(text) ?? []
    expect(Object.keys(actionFile().outputs).sort()).toEqual(union.replaceAll("'", '').split(' | ').sort())
  })

  it('runs a file of the action, in the Node that GitHub has', () => {
    const { using, main } = actionFile().runs
    expect(using).toBe('node24')
    const [, name] = /^packages\/action\/dist\/(\w+)\.cjs$/.exec(main) ?? []
    expect(existsSync(`${root}/packages/action/src/${name ?? ''}.ts`)).toBe(true)
  })

  it('has defaults that the workflow alone can fill in as expressions', () => {
    const filled = Object.entries(actionFile().inputs).filter(
      ([, one]) => one.default?.includes('${{') === true,
    )
    expect(filled.map(([name]) => name)).toEqual(['version-tag', 'token'])
  })
})
