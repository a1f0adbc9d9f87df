import { describe, expect, it } from 'vitest'
import { call as callIn } from './testing/call.ts'

function call(...argv: string[]): ReturnType<typeof callIn> {
  return callIn(argv, { env: {}, cwd: '/', platform: 'linux' })
}

describe('the command line', () => {
  it('prints help with examples and ends well', async () => {
    const { code, stdout } = await call('--help')
    expect(code).toBe(0)
    expect(stdout).toContain('publish')
    expect(stdout).toContain('Exit codes: docs/exit-codes.md')
  })

  it('offers the command that a misspelling may mean', async () => {
    const { code, stderr } = await call('pussh')
    expect(code).toBe(2)
    expect(stderr).toMatch(/^Error: unknown command 'pussh'\n\(Did you mean push\?\)/)
  })

  it('refuses an unknown flag as wrong usage', async () => {
    const { code, stderr } = await call('pull', '--nope', 'oci://h/x')
    expect(code).toBe(2)
    expect(stderr).toContain("Error: unknown option '--nope'")
  })

  it('prints the helm line for a cluster verb', async () => {
    const { code, stderr } = await call('install', 'my-app', 'oci://h/charts/app', '--set', "a=it's")
    expect(code).toBe(2)
    expect(stderr).toContain("helm install my-app oci://h/charts/app --set 'a=it'\\''s'")
  })
})
