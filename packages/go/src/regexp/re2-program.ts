import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js'
import { renameDuplicates } from './capture-names.ts'
import type { Dialect } from './dialect.ts'
import { toDialect } from './dialect.ts'

/** An expression compiled by re2js, which the command line loads only when one needs it. */
export interface Program {
  readonly re2: RE2JS
  /** Names of groups in the program that have another one in the expression. */
  readonly originals: ReadonlyMap<string, string>
}

/** The program of an expression, or the text of Go's syntax error. */
export function compileProgram(expression: string): Program | string {
  const dialect = toDialect(expression)
  try {
    return { re2: RE2JS.compile(dialect.expression), originals: new Map() }
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException) || error.error !== duplicateName)
      return translated(error, dialect)
    return compileRenamed(dialect)
  }
}

/** Go takes several groups of one name. */
function compileRenamed(dialect: Dialect): Program | string {
  const renamed = renameDuplicates(dialect.expression)
  try {
    return { re2: RE2JS.compile(renamed.expression), originals: renamed.originals }
  } catch (error) {
    const named = Array.from(renamed.originals, ([name, original]) => [`<${name}>`, `<${original}>`] as const)
    return translated(error, { ...dialect, originals: new Map([...dialect.originals, ...named]) })
  }
}

const duplicateName = 'duplicate capture group name'

function translated(error: unknown, { expression, originals }: Dialect): string {
  if (!(error instanceof RE2JSException)) throw error
  let part = error instanceof RE2JSSyntaxException ? (error.input ?? '') : expression
  // Go takes these for flags, because no name can follow.
  if (part === '(?P<') return syntaxError('invalid or unsupported Perl syntax', '(?P')
  if (part === '(?<') return syntaxError('invalid or unsupported Perl syntax', '(?<')
  for (const [rewritten, original] of originals) part = part.replaceAll(rewritten, () => original)
  return syntaxError(error instanceof RE2JSSyntaxException ? error.error : error.message, part)
}

function syntaxError(code: string, part: string): string {
  return `error parsing regexp: ${code}: \`${part}\``
}
