import { describe, expect, it } from 'vitest'
import { readInputs } from './inputs.ts'
import { limits } from './limits.ts'

describe('the inputs', () => {
  it('have defaults', () => {
    expect(readInputs({})).toEqual({
      command: 'publish',
      charts: [],
      destinations: [],
      tags: [],
      repoUrl: undefined,
      versionTag: undefined,
      githubRelease: false,
      base: undefined,
      reference: undefined,
      digest: undefined,
      token: undefined,
      plan: false,
    })
  })

  it('are read as the runner passes them, without space around them', () => {
    const inputs = readInputs({
      INPUT_CHARTS: ' charts/a \r\n\n\tcharts/b\n',
      'INPUT_REPO-URL': ' https://example.org ',
      INPUT_TOKEN: 'secret-token\n',
    })
    expect(inputs).toMatchObject({ charts: ['charts/a', 'charts/b'], repoUrl: 'https://example.org' })
    expect(inputs.token?.reveal()).toBe('secret-token')
    expect(JSON.stringify(inputs)).not.toContain('secret-token')
  })

  it.each(['true', 'True', 'TRUE'])('take %s for a yes', (text) => {
    expect(readInputs({ INPUT_PLAN: text }).plan).toBe(true)
  })

  it.each(['false', 'False', 'FALSE', ''])('take %j for a no', (text) => {
    expect(readInputs({ INPUT_PLAN: text }).plan).toBe(false)
  })

  // YAML 1.1 would take all of these.
  it.each(['yes', 'on', '1', 'tRUE', 'n'])('refuse %s for a boolean', (text) => {
    expect(() => readInputs({ 'INPUT_GITHUB-RELEASE': text })).toThrow(
      `github-release is true or false, not ${text}`,
    )
  })

  it.each([
    [{ GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.0.0' }, 'v1.0.0'],
    [{ GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'v1.0.0' }, undefined],
    [{ GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1.0.0', 'INPUT_VERSION-TAG': '' }, undefined],
    [{ 'INPUT_VERSION-TAG': 'refs/tags/app-2.0.0' }, 'app-2.0.0'],
  ])('of %j give the version tag %s', (env, tag) => {
    expect(readInputs(env).versionTag).toBe(tag)
  })

  it('refuse a command that there is not', () => {
    expect(() => readInputs({ INPUT_COMMAND: '$(id)' })).toThrow('there is no command $(id)')
  })

  it('refuse a list without end', () => {
    const lines = 'a\n'.repeat(limits.inputLines + 1)
    expect(() => readInputs({ INPUT_CHARTS: lines })).toThrow('the input charts has 1001 lines')
  })
})
