import { temporaryFolder } from '@chartroom/testkit'
import { describe, expect, it } from 'vitest'
import { call as callIn } from './testing/call.ts'

function call(...argv: string[]): ReturnType<typeof callIn> {
  return callIn(argv, { env: { HOME: temporaryFolder() }, cwd: '/', platform: 'linux' })
}

describe('the command line', () => {
  it('prints help with examples and ends well', async () => {
    const { code, stdout } = await call('--help')
    expect(code).toBe(0)
    expect(stdout).toContain('publish')
    expect(stdout).toContain('Exit codes: 0 done')
  })

  it('offers the command that a misspelling may mean', async () => {
    const { code, stderr } = await call('pussh')
    expect(code).toBe(2)
    expect(stderr).toMatch(/^Error: unknown command 'pussh'\n\(Did you mean push\?\)/)
  })

  it('does not take --version behind an unknown command for its own', async () => {
    const { code, stdout, stderr } = await call('pussh', 'oci://h/x', '--version', '1.0.0')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^Error: unknown (?:command|option)/)
    expect((await call('--version')).stdout).toMatch(/^\d/)
  })

  it('refuses an unknown flag as wrong usage', async () => {
    const { code, stderr } = await call('pull', '--nope', 'oci://h/x')
    expect(code).toBe(2)
    expect(stderr).toContain("Error: unknown option '--nope'")
  })

  it('takes help for a command as its --help', async () => {
    for (const words of [[], ['push'], ['repo', 'add']]) {
      const asked = await call('help', ...words)
      expect(asked).toEqual(await call(...words, '--help'))
      expect(asked.stdout).toMatch(new RegExp(`^Usage: ${['chartroom', ...words].join(' ')} `))
    }
  })

  it('names the whole command whose help one should read', async () => {
    const { code, stderr } = await call('show', 'values')
    expect(code).toBe(2)
    expect(stderr).toContain("Run 'chartroom show values --help' for usage.")
  })

  it('takes what can only be a path for one', async () => {
    for (const path of ['./nope', '../nope', '/nope', 'C:\\nope']) {
      const { code, stderr } = await call('pull', path)
      expect([code, stderr]).toEqual([4, expect.stringContaining(`${path}: there is no such chart folder`)])
    }
  })

  it('prints the helm line for a cluster verb', async () => {
    const { code, stderr } = await call('install', 'my-app', 'oci://h/charts/app', '--set', "a=it's")
    expect(code).toBe(2)
    expect(stderr).toContain("helm install my-app oci://h/charts/app --set 'a=it'\\''s'")
  })
})
