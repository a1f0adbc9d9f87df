import { describe, expect, it } from 'vitest'
import { mergeScopes } from './scope.ts'

describe('the scopes of a token', () => {
  it.each([
    [['repository:a:pull'], undefined, ['repository:a:pull']],
    [['repository:a:pull'], 'repository:a:push,pull', ['repository:a:pull,push']],
    [['repository:a:pull,push'], 'repository:a:delete', ['repository:a:delete,pull,push']],
    [['repository:push/pull:pull'], 'repository:push/pull:push', ['repository:push/pull:pull,push']],
    // ghcr.io names a placeholder; ECR Public a word of its own.
    [[], 'repository:user/image:pull', []],
    [['repository:a:pull'], 'repository:b:pull', ['repository:a:pull']],
    [[], 'aws', ['aws']],
    [['repository:a:pull'], 'aws', ['repository:a:pull', 'aws']],
    [['registry:catalog:*'], 'registry:catalog:*', ['registry:catalog:*']],
    [
      ['repository:a:pull,push', 'repository:b:pull'],
      'repository:a:pull',
      ['repository:a:pull,push', 'repository:b:pull'],
    ],
  ])('%j and %j are %j', (wanted, challenged, merged) => {
    expect(mergeScopes(wanted, challenged)).toEqual(merged)
  })
})
