import { describe, expect, it } from 'vitest'
import { limits } from '../../limits.ts'
import { isGitAddress, parseGitAddress } from './address.ts'

describe('parseGitAddress', () => {
  it.each([
    [
      'git+https://github.com/me/charts#gh-pages',
      { url: 'https://github.com/me/charts', origin: 'https://github.com', branch: 'gh-pages', folder: [] },
    ],
    [
      'git+https://git.example:8443/me/charts.git#pages/v1:docs/charts/',
      {
        url: 'https://git.example:8443/me/charts.git',
        origin: 'https://git.example:8443',
        branch: 'pages/v1',
        folder: ['docs', 'charts'],
      },
    ],
    [
      'git+ssh://git@github.com/me/charts.git#gh-pages',
      { url: 'ssh://git@github.com/me/charts.git', origin: undefined, branch: 'gh-pages', folder: [] },
    ],
    [
      'git+file:///srv/git/my charts.git#a#b:c',
      { url: 'file:///srv/git/my%20charts.git', origin: undefined, branch: 'a#b', folder: ['c'] },
    ],
    [
      'git+http://127.0.0.1:8080/r#b',
      { url: 'http://127.0.0.1:8080/r', origin: 'http://127.0.0.1:8080', branch: 'b', folder: [] },
    ],
  ])('reads %s', (text, address) => {
    expect(isGitAddress(text)).toBe(true)
    expect(parseGitAddress(text)).toEqual(address)
  })

  it.each([
    'git+ext::sh -c id#b',
    'git+ext://sh#b',
    'git+git://host/r#b',
    'git+ftp://host/r#b',
    'git+fd::3#b',
    'git+../there#b',
    'git+--upload-pack=x#b',
    'git+http://example.com/r#b',
    'git+https://host#b',
    'git+https:///r#b',
    'git+file://host/r#b',
    'git+ssh://-oProxyCommand=id/r#b',
    'git+ssh://-oProxyCommand=id@host/r#b',
    'git+https://host/r?token=hunter2#b',
    'git+https://user:hunter2@host/r#b',
    'git+https://hunter2@host/r#b',
    'git+ssh://git:hunter2@host/r#b',
    'git+https://user:hun/ter2@host/r#b',
    'git+ssh://git@github.com:me/charts#b',
    'git+https://host/r',
    'git+https://host/r#',
    'git+https://host/r#:docs',
    'git+https://host/r#-b',
    'git+https://host/r#a..b',
    'git+https://host/r#b\n',
    'git+https://host/r#b:..',
    'git+https://host/r#b:docs/../../x',
    'git+https://host/r#b:/etc',
    'git+https://host/r#b:.',
    'git+https://host/r#b:',
    'git+https://host/r#b:docs//x',
    'git+https://host/r#b:.git',
    'git+https://host/r#b:docs/.GIT/hooks',
    'git+https://host/r#b:.git. /x',
    'git+https://host/r#b:GIT~1',
    'git+https://host/r#b:.g\u200cit',
    'git+https://host/r#b:a\\b',
    'git+https://host/r#b:a\u0000b',
    `git+https://host/r#b:${'a/'.repeat(limits.branchDepth)}a`,
  ])('refuses %j, and says nothing of a password', (text) => {
    expect(() => parseGitAddress(text)).toThrow(
      expect.objectContaining({ code: 'USAGE', hint: expect.any(String) }),
    )
    expect(() => parseGitAddress(text)).not.toThrow(/hun(\/)?ter2/)
  })

  it.each(['oci://h/p', './git+x', 'folder', 'https://h/r#b'])('does not take %s for its own', (text) => {
    expect(isGitAddress(text)).toBe(false)
  })
})
