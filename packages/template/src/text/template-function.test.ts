import type { Value } from '@chartroom/go'
import { FunctionError, goInt } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { functions, goFunction } from '../../test/text-run.ts'
import { Budget } from './budget.ts'
import { TemplateError } from './error.ts'
import type { TemplateFunction } from './template-function.ts'
import { TemplateSet } from './template-set.ts'

/** A set with an `include` like Helm's, which knows how deep it is, and a `tpl`. */
function render(files: Record<string, string>, deepest = 1000): string {
  const includes = { depth: 0 }
  const set: TemplateSet = new TemplateSet(new Map([...functions, ...bound(undefined)]), { name: 'root' })
  function bound(overlay: TemplateSet | undefined): Map<string, TemplateFunction> {
    const include: TemplateFunction = {
      ...goFunction('string any', unused),
      enter: (name: string, data: Value) => {
        if (++includes.depth > deepest) throw new FunctionError(`too deep: ${name}`)
        const inside = overlay ?? set
        const leave = <T>(value: T): T => {
          includes.depth--
          return value
        }
        return { set: inside, template: inside.template(name), data, done: leave, failed: leave }
      },
    }
    const tpl: TemplateFunction = {
      ...goFunction('string any', unused),
      enter: (text: string, data: Value) => {
        const inside = (overlay ?? set).overlay()
        return {
          set: inside,
          template: inside.add('root', text),
          data,
          functions: bound(inside),
          done: (output) => output.replaceAll('<no value>', ''),
          failed: (error) => new FunctionError(`in tpl: ${error.text}`, { cause: error }),
        }
      },
    }
    return new Map([
      ['include', include],
      ['tpl', tpl],
    ])
  }
  for (const [name, text] of Object.entries(files)) set.add(name, text)
  return set.execute('main', goInt(0), { budget: new Budget(), missingKey: 'zero' })
}

function unused(): never {
  throw new Error('called')
}

function failure(files: Record<string, string>, deepest?: number): TemplateError {
  try {
    render(files, deepest)
  } catch (error) {
    if (error instanceof TemplateError) return error
    throw error
  }
  throw new Error('nothing failed')
}

describe('a function that executes a template', () => {
  it('gives what the template writes as its value', () => {
    const main = 'a{{ include "x" 1 | upper | printf "(%s)" }}b{{ include "x" (include "x" 2) }}c'
    expect(render({ main, x: 'x{{ . }}' })).toBe('a(X1)bxx2c')
  })

  it('works in conditions, ranges, arguments and assignments', () => {
    const main = `{{ if include "e" . }}no{{ else }}yes{{ end }}{{ range 2 }}{{ with include "x" . }}{{ . }}{{ end }}{{ end -}}
      {{ $v := include "x" 7 }}{{ $v }}{{ and (include "e" .) (fail "not evaluated") }}{{ template "x" (include "x" 3) }}`
    expect(render({ main, x: 'x{{ . }}', e: '' })).toBe('yesx0x1x7xx3')
  })

  it('keeps the variables, dot and ranges of its caller', () => {
    const main =
      '{{ $v := 1 }}{{ range $i := 2 }}{{ $v }}{{ . }}{{ include "x" 9 }}{{ $v }}{{ . }}{{ $i }} {{ end }}'
    const x = '{{ $v := 5 }}{{ range 2 }}{{ $v }}{{ if eq . 0 }}{{ continue }}{{ end }}{{ break }}{{ end }}'
    expect(render({ main, x })).toBe('105510' + '0 ' + '115511' + '1 ')
  })

  it('chains errors from the inside to the outside', () => {
    const error = failure({ main: '{{ include "x" . }}', x: '\n{{ template "y" "s" }}', y: '{{ .z }}' })
    expect(error.text).toBe(
      'template: main:1:3: executing "main" at <include "x" .>: error calling include: ' +
        'template: y:1:3: executing "y" at <.z>: can\'t evaluate field z in type string',
    )
    expect(error.cause).toBeInstanceOf(TemplateError)
    expect(error.cause).toMatchObject({ template: 'y', line: 1, column: 3 })
  })

  it('may put its own error around that of the template', () => {
    const error = failure({ main: '{{ print (tpl "{{ .a.b }}" 1) }}' })
    expect(error.text).toBe(
      'template: main:1:10: executing "main" at <tpl "{{ .a.b }}" 1>: error calling tpl: in tpl: ' +
        'template: root:1:5: executing "root" at <.a.b>: can\'t evaluate field a in type int',
    )
    expect(error.cause).toBeInstanceOf(FunctionError)
    expect(error.cause).toMatchObject({ cause: expect.any(TemplateError) })
  })

  it('may fail before it enters', () => {
    expect(failure({ main: '{{ include "none" . }}' }).text).toBe(
      'template: main:1:3: executing "main" at <include "none" .>: error calling include: ' +
        'template: no template "none" associated with template "root"',
    )
    expect(failure({ main: '{{ tpl "{{ nope }}" . }}' }).text).toBe(
      'template: main:1:3: executing "main" at <tpl "{{ nope }}" .>: error calling tpl: ' +
        'template: root:1: function "nope" not defined',
    )
  })

  it('binds other functions for the inside only', () => {
    const main = '{{ tpl "{{ define `y` }}inner{{ end }}{{ include `y` . }}" . }}{{ include "y" . }}'
    expect(render({ main, y: 'outer' })).toBe('innerouter')
  })

  it('checks its arguments like any function', () => {
    expect(failure({ main: '{{ include 1 . }}' }).text).toContain('expected string; found 1')
    expect(failure({ main: '{{ include "x" }}' }).text).toContain('want 2 got 1')
  })

  it('nests deeper than the stack of JavaScript would last', () => {
    const x =
      '{{ if lt . 20000 }}{{ range 1 }}{{ with true }}{{ include "x" (add $ 1) }}{{ end }}{{ end }}{{ else }}end{{ end }}'
    expect(render({ main: '{{ include "x" . }}', x }, 30_000)).toBe('end')
  })

  it("reports an endless include in Go's words, a thousand times", () => {
    const error = failure({ main: '{{ include "x" . }}', x: '{{ include "x" . }}' }, 1000)
    expect(error.text.split('error calling include: ')).toHaveLength(1002)
    expect(error.text.endsWith('error calling include: too deep: x')).toBe(true)
  })
})
