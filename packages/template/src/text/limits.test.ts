import { ChartroomError } from '@chartroom/errors'
import { describe, expect, it } from 'vitest'
import { functions, goFunction, run } from '../../test/text-run.ts'
import type { BudgetLimits } from './budget.ts'
import { Budget } from './budget.ts'
import { limits } from './limits.ts'
import { TemplateSet } from './template-set.ts'

function bounded(text: string, bounds: BudgetLimits): string {
  const set = new TemplateSet(new Map([...functions, ['huge', goFunction('', () => 'x'.repeat(2 ** 30))]]))
  const template = set.add('t', text)
  try {
    return set.execute(template, null, { budget: new Budget(bounds) })
  } catch (error) {
    if (error instanceof ChartroomError) return `${error.code}: ${error.message}`
    throw error
  }
}

describe('the budget of a run', () => {
  it('ends a range that goes on for too long', () => {
    expect(bounded('{{ range 1000000000000 }}{{ end }}', { steps: 1000 })).toBe(
      'LIMIT_EXCEEDED: template t takes more than 1000 steps',
    )
    expect(bounded('{{ range 10 }}x{{ end }}', { steps: 1000 })).toBe('xxxxxxxxxx')
  })

  it('ends a template that writes too much', () => {
    expect(bounded('{{ range 100 }}0123456789{{ end }}', { output: 999 })).toBe(
      'LIMIT_EXCEEDED: template t writes more than 999 characters',
    )
    expect(bounded('{{ range 100 }}0123456789{{ end }}', { output: 1000 })).toHaveLength(1000)
  })

  it("ends templates inside templates in Go's words", () => {
    const text = '{{ define "x" }}{{ template "x" . }}{{ end }}{{ template "x" . }}'
    expect(bounded(text, { depth: 50 })).toMatch(/exceeded maximum template depth \(50\)$/)
    expect(bounded(text, {})).toMatch(/exceeded maximum template depth \(100000\)$/)
  })

  it('is shared by all that is executed with it', () => {
    const budget = new Budget({ output: 8 })
    const set = new TemplateSet(new Map())
    const template = set.add('t', '12345')
    expect(set.execute(template, null, { budget })).toBe('12345')
    expect(() => set.execute(template, null, { budget })).toThrow('more than 8 characters')
  })

  it('turns what is too large for JavaScript into its error', () => {
    expect(bounded('{{ huge }}', {})).toMatch(/^LIMIT_EXCEEDED: template t: huge: /)
  })
})

describe('the parser', () => {
  it('takes parentheses up to the limit', () => {
    const nested = (depth: number) => `{{ ${'('.repeat(depth)}1${')'.repeat(depth)} }}`
    expect(run(nested(limits.parentheses))).toBe('1')
    expect(run(nested(limits.parentheses + 1))).toBe('template: t:1: max expression depth exceeded')
    expect(run(nested(1_000_000))).toBe('template: t:1: max expression depth exceeded')
  })

  it('takes blocks up to the limit', () => {
    const nested = (depth: number) => `${'{{ if 1 }}'.repeat(depth)}x${'{{ end }}'.repeat(depth)}`
    expect(run(nested(limits.blocks))).toBe('x')
    expect(run(nested(limits.blocks + 1))).toBe('template: t:1: max block depth exceeded')
    expect(run('{{ if 1 }}'.repeat(100_000))).toBe('template: t:1: max block depth exceeded')
    expect(run('{{ block "b" 1 }}'.repeat(100_000))).toBe('template: t:1: max block depth exceeded')
  })

  it('takes else if after else if up to the limit', () => {
    const chain = (length: number) => `{{ if 0 }}${'{{ else if 0 }}'.repeat(length)}{{ else }}x{{ end }}`
    expect(run(chain(limits.blocks - 1))).toBe('x')
    expect(run(chain(limits.blocks))).toBe('template: t:1: max block depth exceeded')
  })

  it('takes both at their limits, with an error that shows it all', () => {
    const blocks = `{{ if ${'('.repeat(limits.parentheses)}1${')'.repeat(limits.parentheses)} }}`
    const text = `${'{{ if 1 }}'.repeat(limits.blocks - 1)}${blocks}{{ nil }}${'{{ end }}'.repeat(limits.blocks)}`
    expect(run(text)).toMatch(/at <nil>: nil is not a command$/)
    expect(
      run(
        `{{ range 1.5 | ${'('.repeat(limits.parentheses)}print${')'.repeat(limits.parentheses)} }}{{ end }}`,
      ),
    ).toMatch(/can't give argument to non-function/)
  })

  it('forgets texts when it has kept too many', () => {
    const set = new TemplateSet(new Map())
    const large = 'x'.repeat(limits.parsedText / 2)
    for (let index = 0; index < 4; index++) {
      const template = set.add(String(index), large + String(index))
      expect(set.execute(template, null, { budget: new Budget() })).toHaveLength(large.length + 1)
    }
  })
})
