import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { outputsIn } from '../test/workspace.ts'
import { Hidden } from './hidden.ts'
import { Journal } from './journal.ts'
import { limits } from './limits.ts'
import { formatOutput, Outputs } from './outputs.ts'

function opened(file: string | undefined): { outputs: Outputs; log: () => string } {
  const hidden = new Hidden()
  hidden.add('ghs_secret', ['octocat'])
  let log = ''
  const journal = new Journal(hidden, (text) => {
    log += text
  })
  return { outputs: new Outputs(file, hidden, journal), log: () => log }
}

function emptyFile(): string {
  const path = join(temporaryFolder(), 'output')
  writeFileSync(path, '')
  return path
}

describe('an output', () => {
  it.each([
    'plain',
    '',
    'two\nlines',
    'name=value\nother<<EOF\nx\nEOF\n',
    '::set-output name=digest::evil\n%0A$(id)',
  ])('of %j is read back as it was, and as nothing else', (value) => {
    expect(outputsIn(formatOutput('results', value))).toEqual({ results: value })
  })

  it('has a delimiter that nobody can know before', () => {
    const [first] = formatOutput('results', 'x').split('\n')
    expect(first).not.toBe(formatOutput('results', 'x').split('\n')[0])
  })
})

describe('outputs', () => {
  it('are added to what is in the file, and the later counts', async () => {
    const file = emptyFile()
    const { outputs } = opened(file)
    await outputs.set({ changed: 'false', digest: 'sha256:0' })
    await outputs.set({ changed: 'true' })
    expect(outputsIn(readFileSync(file, 'utf8'))).toEqual({ changed: 'true', digest: 'sha256:0' })
  })

  it('have no secret in them, in none of its forms', async () => {
    const file = emptyFile()
    const { outputs } = opened(file)
    const basic = Buffer.from('octocat:ghs_secret').toString('base64')
    await outputs.set({ results: `a ghs_secret b ${basic}` })
    expect(outputsIn(readFileSync(file, 'utf8'))['results']).toMatch(/^a \*\*\* b \*\*\*=*$/)
  })

  it('outside GitHub are said in the log', async () => {
    const { outputs, log } = opened(undefined)
    await outputs.set({ digest: 'sha256:0' })
    expect(log()).toBe(
      'GITHUB_OUTPUT is not set, so this runs outside GitHub. The outputs would be:\ndigest=sha256:0\n',
    )
  })

  it('are not written where the runner made no file', async () => {
    const { outputs } = opened(join(temporaryFolder(), 'absent'))
    await expect(outputs.set({ digest: 'x' })).rejects.toMatchObject({
      code: 'IO',
      message: expect.stringContaining('the file of GITHUB_OUTPUT is not there') as string,
    })
  })

  it('that are too long for GitHub are left empty, with a warning', async () => {
    const file = emptyFile()
    const { outputs, log } = opened(file)
    await outputs.set({ results: 'x'.repeat(limits.outputLength + 1), digest: 'y' })
    expect(outputsIn(readFileSync(file, 'utf8'))).toEqual({ results: '', digest: 'y' })
    expect(log()).toMatch(/^::warning::the output results is too long/)
  })
})
