import { describe, expect, it } from 'vitest'
import type { ComparedObject } from './match-objects.ts'
import { matchObjects } from './match-objects.ts'

/** `apps/v1 Deployment ns/name =text`; the text is what is compared. */
function object(line: string): ComparedObject {
  const [, apiVersion = '', kind = '', namespace, name = '', normal = ''] =
    /^(\S*) (\S*) (?:(\S+)\/)?(\S*) =(.*)$/.exec(line) ?? []
  return {
    apiVersion,
    kind,
    namespace,
    name,
    normal,
    path: 'c/templates/t.yaml',
    data: undefined,
    text: line,
  }
}

function matched(before: string[], after: string[]): string[] {
  return matchObjects(before.map(object), after.map(object), 'default').map(
    ({ before: left, after: right }) => `${left?.text ?? 'none'} -> ${right?.text ?? 'none'}`,
  )
}

describe('objects of two renders', () => {
  it.each<[string, string, string]>([
    ['another text', 'v1 Pod a =1', 'v1 Pod a =2'],
    ['another version of the API', 'apps/v1beta1 Deployment a =1', 'apps/v1 Deployment a =2'],
    ["the release's namespace said on one side", 'v1 Pod default/a =1', 'v1 Pod a =2'],
    ['no name at all', '  =1', '  =2'],
  ])('are the same with %s', (_, before, after) => {
    expect(matched([before], [after])).toEqual([`${before} -> ${after}`])
  })

  it.each<[string, string, string]>([
    ['name', 'v1 Pod a =1', 'v1 Pod b =1'],
    ['namespace', 'v1 Pod n/a =1', 'v1 Pod m/a =1'],
    ['kind', 'v1 Pod a =1', 'v1 Job a =1'],
    ['API group', 'v1 Pod a =1', 'apps/v1 Pod a =1'],
  ])('are not the same with another %s', (_, before, after) => {
    expect(matched([before], [after]).sort()).toEqual([`${before} -> none`, `none -> ${after}`].sort())
  })

  it('come in the order of the second one, what is gone where it stood', () => {
    const before = ['v1 Pod a =', 'v1 Pod gone =', 'v1 Pod b =', 'v1 Pod last =']
    const after = ['v1 Pod a =', 'v1 Pod new =', 'v1 Pod b =']
    expect(matched(before, after)).toEqual([
      'v1 Pod a = -> v1 Pod a =',
      'none -> v1 Pod new =',
      'v1 Pod gone = -> none',
      'v1 Pod b = -> v1 Pod b =',
      'v1 Pod last = -> none',
    ])
  })

  it('are said once each when they change places', () => {
    const before = ['v1 Pod a =', 'v1 Pod x =', 'v1 Pod b =', 'v1 Pod y =']
    const found = matched(before, ['v1 Pod b =', 'v1 Pod a ='])
    expect(found).toHaveLength(4)
    expect(new Set(found)).toEqual(
      new Set([
        'v1 Pod a = -> v1 Pod a =',
        'v1 Pod b = -> v1 Pod b =',
        'v1 Pod x = -> none',
        'v1 Pod y = -> none',
      ]),
    )
  })

  it('that share a name are paired where they are equal, and the rest in their order', () => {
    const before = ['v1 Job a- =1', 'v1 Job a- =2', 'v1 Job a- =3']
    const after = ['v1 Job a- =0', 'v1 Job a- =1', 'v1 Job a- =3', 'v1 Job a- =4']
    expect(matched(before, after)).toEqual([
      'v1 Job a- =2 -> v1 Job a- =0',
      'v1 Job a- =1 -> v1 Job a- =1',
      'v1 Job a- =3 -> v1 Job a- =3',
      'none -> v1 Job a- =4',
    ])
  })
})
