import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js'
import { renameDuplicates } from './capture-names.ts'
import type { Dialect } from './dialect.ts'
import { toDialect } from './dialect.ts'
import { maxExpressionLength } from './limits.ts'
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
  const dialect = toDialect(expression)
  try {
    return new Regexp(expression, RE2JS.compile(dialect.expression))
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException) || error.error !== duplicateName)
      return translated(error, dialect)
    return compileRenamed(expression, dialect)
  }
}

/** Go takes several groups of one name. */
function compileRenamed(expression: string, dialect: Dialect): Regexp | RegexpSyntaxError {
  const renamed = renameDuplicates(dialect.expression)
  try {
    return new Regexp(expression, RE2JS.compile(renamed.expression), renamed.originals)
  } catch (error) {
    return translated(error, dialect)
  }
}

const duplicateName = 'duplicate capture group name'

function translated(error: unknown, { expression, originals }: Dialect): RegexpSyntaxError {
  if (!(error instanceof RE2JSException)) throw error
  let part = error instanceof RE2JSSyntaxException ? (error.input ?? '') : expression
  // Go takes these for flags, because no name can follow.
  if (part === '(?P<') return syntaxError('invalid or unsupported Perl syntax', '(?P')
  if (part === '(?<') return syntaxError('invalid or unsupported Perl syntax', '(?<')
  for (const [rewritten, original] of originals) part = part.replaceAll(rewritten, () => original)
  return syntaxError(error instanceof RE2JSSyntaxException ? error.error : error.message, part)
}

function syntaxError(code: string, part: string): RegexpSyntaxError {
  return new RegexpSyntaxError(`error parsing regexp: ${code}: \`${part}\``)
}
