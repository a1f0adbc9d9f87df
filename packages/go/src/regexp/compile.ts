import type { Program } from './re2-program.ts'
import { compileProgram } from './re2-program.ts'
import { maxExpressionLength } from './limits.ts'
import { plainExpression } from './plain-expression.ts'
import { Regexp } from './regexp.ts'

/** Go's `*syntax.Error`; the message is its text. */
export class RegexpSyntaxError extends Error {
  override readonly name = 'RegexpSyntaxError'
}

const compiled = new Map<string, Regexp | RegexpSyntaxError>()
const maxCompiled = 256

/** Go's `regexp.Compile`. Throws `RegexpSyntaxError`. The latest few hundred are remembered. */
export function compileRegexp(expression: string): Regexp {
  let program = compiled.get(expression)
  if (program === undefined) {
    program = compile(expression)
    if (compiled.size >= maxCompiled) compiled.clear()
    compiled.set(expression, program)
  }
  if (program instanceof Regexp) return program
  throw program
}

function compile(expression: string): Regexp | RegexpSyntaxError {
  if (expression.length > maxExpressionLength) return syntaxError('expression too large', expression)
  if (/[\udc80-\udcff]/u.test(expression)) return syntaxError('invalid UTF-8', expression)
  const plain = plainExpression(expression)
  if (plain !== undefined) return new Regexp(expression, { plain, compile: () => programOf(expression) })
  const result = compileProgram(expression)
  return typeof result === 'string'
    ? new RegexpSyntaxError(result)
    : new Regexp(expression, { compile: () => result })
}

function programOf(expression: string): Program {
  const result = compileProgram(expression)
  if (typeof result === 'string') throw new RegexpSyntaxError(result)
  return result
}

function syntaxError(code: string, part: string): RegexpSyntaxError {
  return new RegexpSyntaxError(`error parsing regexp: ${code}: \`${part}\``)
}
