import { describe, expect, it } from 'vitest'
import { parseGitAddress } from './address.ts'
import { tokenLogin } from './token.ts'

describe('the token of a workflow', () => {
  it.each([
    ['git+https://github.com/me/app#gh-pages', {}, true],
    ['git+https://github.com/me/app#gh-pages', { GITHUB_SERVER_URL: 'https://github.com' }, true],
    // It is another server's.
    ['git+https://github.com/me/app#gh-pages', { GITHUB_SERVER_URL: 'https://git.acme.example' }, false],
    ['git+https://git.acme.example/me/app#gh-pages', { GITHUB_SERVER_URL: 'https://git.acme.example' }, true],
    ['git+https://git.acme.example/me/app#gh-pages', {}, false],
    ['git+https://github.com.evil.example/me/app#gh-pages', {}, false],
  ])('for %s with %o is handed to git: %s', (text, env, isGiven) => {
    const login = tokenLogin(parseGitAddress(text), { GITHUB_TOKEN: 'ghs_secret', ...env })
    expect(login !== undefined).toBe(isGiven)
  })
})
