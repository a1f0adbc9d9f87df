import { describe, expect, it } from 'vitest'
import { executionErrorText, parseErrorText, warning } from './error-text.ts'

const file = 'c/templates/t.yaml'

describe('helm makes of errors', () => {
  it.each([
    [
      'template: c/templates/t.yaml:1: function "x" not defined',
      'parse error at (c/templates/t.yaml:1): function "x" not defined',
    ],
    ['strange', `parse error in (${file}): strange`],
  ])('while parsing: %s', (message, expected) => {
    expect(parseErrorText(file, message)).toBe(expected)
  })

  it('those of fail and required alone', () => {
    const message = `template: ${file}:1:3: executing "${file}" at <fail>: error calling fail: ${warning.start}no: way${warning.end}`
    expect(executionErrorText(file, [message, 'inner'])).toBe(`execution error at (${file}:1:3): no: way`)
  })

  it('a block for each of a chain', () => {
    const inner =
      'template: c/templates/_h.tpl:2:4: executing "h" at <.a.b>: nil pointer evaluating interface {}.b'
    const outer = `template: ${file}:1:3: executing "${file}" at <include "h" .>: error calling include: ${inner}`
    expect(executionErrorText(file, [outer, inner])).toBe(
      [
        `${file}:1:3`,
        `  executing "${file}" at <include "h" .>:`,
        '    error calling include:',
        'c/templates/_h.tpl:2:4',
        '  executing "h" at <.a.b>:',
        '    nil pointer evaluating interface {}.b',
      ].join('\n'),
    )
  })

  it("the outermost text where one of the chain is not the template language's", () => {
    const message = `template: ${file}:1:3: executing "${file}" at <atoi>: error calling atoi: bad`
    expect(executionErrorText(file, [message, 'bad'])).toBe(message)
  })
})
