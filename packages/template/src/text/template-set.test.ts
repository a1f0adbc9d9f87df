import type { GoFunction, Value } from '@chartroom/go'
import { FunctionError, goInt } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { functions, goFunction, map } from '../../test/text-run.ts'
import { Budget } from './budget.ts'
import { TemplateError } from './error.ts'
import { TemplateSet } from './template-set.ts'

function setOf(files: Record<string, string>): TemplateSet {
  const set = new TemplateSet(functions, { name: 'root' })
  for (const [name, text] of Object.entries(files)) set.add(name, text)
  return set
}

function execute(set: TemplateSet, name: string, dot: Value = null): string {
  return set.execute(name, dot, { budget: new Budget(), missingKey: 'zero' })
}

function failure(action: () => unknown): TemplateError {
  try {
    action()
  } catch (error) {
    if (error instanceof TemplateError) return error
    throw error
  }
  throw new Error('nothing failed')
}

describe('definitions', () => {
  it('are seen by all files of a set, whatever their order', () => {
    const set = setOf({ a: '{{ template "x" 1 }}', b: '{{ define "x" }}[{{ . }}]{{ end }}' })
    expect(execute(set, 'a')).toBe('[1]')
    expect(set.names().toSorted()).toEqual(['a', 'b', 'x'])
    expect(set.has('x')).toBe(true)
    expect(set.has('y')).toBe(false)
  })

  it('of later files win, unless they are blank', () => {
    const set = setOf({
      a: '{{ define "x" }}first{{ end }}',
      b: '{{ define "x" }}second{{ end }}',
      c: '{{ define "x" }} \n{{/* nothing */}}{{ end }}',
    })
    expect(execute(set, 'x')).toBe('second')
  })

  it('may be called like their file when the file has nothing else', () => {
    expect(execute(setOf({ a: ' {{ define "a" }}inner{{ end }} ' }), 'a')).toBe('inner')
    expect(failure(() => setOf({ a: 'outer{{ define "a" }}inner{{ end }}\n' })).text).toBe(
      'template: a:2: template: multiple definition of template "a"',
    )
  })

  it('with the name of a prototype are definitions like others', () => {
    const set = setOf({ a: '{{ define "__proto__" }}x{{ end }}{{ template "__proto__" }}{{ .constructor }}' })
    expect(execute(set, 'a', map({}))).toBe('x<no value>')
    expect(set.has('constructor')).toBe(false)
  })
})

describe('errors', () => {
  it('name the file in which the definition stands, and the definition', () => {
    const set = setOf({
      'c/_x.tpl': '\n{{ define "x" }}\n  {{ .a.b.c }}{{ end }}',
      'c/a.yaml': '{{ template "x" . }}',
    })
    const error = failure(() => execute(set, 'c/a.yaml', map({ a: map({}) })))
    expect(error.text).toBe(
      'template: c/_x.tpl:3:7: executing "x" at <.a.b.c>: nil pointer evaluating interface {}.c',
    )
    expect(error).toMatchObject({ template: 'c/_x.tpl', line: 3, column: 7, code: 'RENDER_FAILED' })
  })

  it('name each file of two with the same text', () => {
    const set = setOf({})
    for (const name of ['a', 'b']) {
      expect(failure(() => set.add(name, '{{ one-text }}')).text).toBe(
        `template: ${name}:1: bad character U+002D '-'`,
      )
    }
    for (const name of ['a', 'b']) {
      expect(failure(() => execute(setOf({ [name]: '{{ .x.y.z }}' }), name, map({ x: 1 }))).template).toBe(
        name,
      )
    }
  })

  it('say which functions a set has not, though another has them', () => {
    const text = '\n{{ upper "x" }}{{ nope }}'
    expect(failure(() => setOf({ a: text })).text).toBe('template: a:2: function "nope" not defined')
    const bare = new TemplateSet(new Map())
    expect(failure(() => bare.add('a', text)).text).toBe('template: a:2: function "upper" not defined')
    const more = new TemplateSet(new Map([...functions, ['nope', goFunction('', () => '!')]]))
    expect(more.execute(more.add('a', text), null, { budget: new Budget() })).toBe('\nX!')
  })

  it('of syntax come after those of functions before them', () => {
    expect(failure(() => setOf({ a: '{{ nope }}{{ if }}' })).text).toContain('function "nope" not defined')
    expect(failure(() => setOf({ a: '{{ if }}{{ nope }}' })).text).toContain('missing value for if')
  })

  it('keep what a function has thrown as their cause', () => {
    const error = failure(() => execute(setOf({ a: '{{ fail "x\u0007y" }}' }), 'a'))
    expect(error.cause).toBeInstanceOf(FunctionError)
    expect(error.text).toContain('error calling fail: x\u0007y')
    expect(error.message).toContain('error calling fail: xy')
  })

  it('of the host are not called errors of the template', () => {
    const broken = new Map([['broken', goFunction('', () => goInt(Number.NaN))]])
    const set = new TemplateSet(broken)
    set.add('a', '{{ broken }}')
    expect(() => execute(set, 'a')).toThrow(/^template a: broken: /)
  })

  it('tell a template that is missing', () => {
    expect(failure(() => execute(setOf({}), 'none')).text).toBe(
      'template: no template "none" associated with template "root"',
    )
  })

  it('count columns in bytes', () => {
    const error = failure(() => execute(setOf({ a: 'é\u{1f600}{{ .x.y.z }}' }), 'a', map({ x: map({}) })))
    expect(error.column).toBe(11)
  })
})

describe('an overlay', () => {
  it('sees the set below, and what it defines stays inside', () => {
    const set = setOf({ a: '{{ template "x" }}', b: '{{ define "x" }}below{{ end }}' })
    const overlay = set.overlay()
    overlay.add('t', '{{ define "x" }}above{{ end }}{{ define "y" }}new{{ end }}')
    expect(execute(overlay, 'a')).toBe('above')
    expect(execute(set, 'a')).toBe('below')
    expect([overlay.has('y'), set.has('y')]).toEqual([true, false])
    expect(overlay.names().toSorted()).toEqual(['a', 'b', 't', 'x', 'y'])
  })

  it('gives a blank text as a template of its own, though it replaces nothing', () => {
    const overlay = setOf({ t: 'old' }).overlay()
    const blank = overlay.add('t', ' ')
    expect(overlay.execute(blank, null, { budget: new Budget() })).toBe(' ')
    expect(execute(overlay, 't')).toBe('old')
  })
})

describe('functions of a run', () => {
  it('come before those of the set, and builtins last', () => {
    const shout: ReadonlyMap<string, GoFunction> = new Map([
      ['upper', goFunction('string', (text: string) => `${text}!`)],
      ['len', goFunction('any', () => 'long')],
    ])
    const set = setOf({ a: '{{ upper "x" }}{{ len "x" }}{{ print 1 }}' })
    expect(set.execute('a', null, { functions: shout, budget: new Budget() })).toBe('x!long1')
    expect(execute(set, 'a')).toBe('X11')
  })

  it('named and or or are functions like others when they are replaced', () => {
    const set = new TemplateSet(
      new Map([['and', goFunction('any any', (_: Value, second: Value) => second)]]),
    )
    set.add('a', '{{ and 0 "second" }}')
    expect(execute(set, 'a')).toBe('second')
  })
})
