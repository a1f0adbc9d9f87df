import type { GoFunction, GoInt, Regexp, TypedList } from '@chartroom/go'
import { compileRegexp, FunctionError, quote, quoteMeta, RegexpSyntaxError } from '@chartroom/go'
import { fixed } from './go-function.ts'
import { nilSlice, stringList } from './values.ts'

type Compile = (expression: string) => Regexp

export const regexpFunctions: ReadonlyMap<string, GoFunction> = new Map([
  ...forms('regex', mustCompile),
  ...forms('mustRegex', compile),
  ['regexMatch', fixed('string string', matchesOrFalse)],
  ['regexQuoteMeta', fixed('string', quoteMeta)],
])

/** The functions of one family; they differ in what they say of an expression that is none. */
function forms(prefix: string, program: Compile): [string, GoFunction][] {
  return [
    [`${prefix}Match`, fixed('string string', (regex: string, text: string) => program(regex).matches(text))],
    [`${prefix}Find`, fixed('string string', (regex: string, text: string) => program(regex).find(text))],
    [
      `${prefix}FindAll`,
      fixed('string string int', (regex: string, text: string, limit: GoInt) =>
        listOf(program(regex).findAll(text, Number(limit.value))),
      ),
    ],
    [
      `${prefix}ReplaceAll`,
      fixed('string string string', (regex: string, text: string, replacement: string) =>
        program(regex).replaceAll(text, replacement),
      ),
    ],
    [
      `${prefix}ReplaceAllLiteral`,
      fixed('string string string', (regex: string, text: string, replacement: string) =>
        program(regex).replaceAllLiteral(text, replacement),
      ),
    ],
    [
      `${prefix}Split`,
      fixed('string string int', (regex: string, text: string, limit: GoInt) =>
        splitList(program(regex), text, limit),
      ),
    ],
  ]
}

function splitList(regexp: Regexp, text: string, limit: GoInt): TypedList {
  const parts = regexp.split(text, Number(limit.value))
  return parts === undefined ? nilSlice('string') : stringList(parts)
}

/** Go gives a nil list where nothing was found. */
function listOf(texts: readonly string[]): TypedList {
  return texts.length === 0 ? nilSlice('string') : stringList(texts)
}

function matchesOrFalse(regex: string, text: string): boolean {
  try {
    return compileRegexp(regex).matches(text)
  } catch (error) {
    if (error instanceof RegexpSyntaxError) return false
    throw error
  }
}

function compile(expression: string): Regexp {
  try {
    return compileRegexp(expression)
  } catch (error) {
    throw error instanceof RegexpSyntaxError ? new FunctionError(error.message) : error
  }
}

/** Go's `MustCompile`, whose panic names the expression. */
function mustCompile(expression: string): Regexp {
  try {
    return compileRegexp(expression)
  } catch (error) {
    if (!(error instanceof RegexpSyntaxError)) throw error
    const name = backquotable.test(expression) ? `\`${expression}\`` : quote(expression)
    throw new FunctionError(`regexp: Compile(${name}): ${error.message}`)
  }
}

const backquotable = /^[^\0-\x08\n-\x1f`\x7f\ufeff\ud800-\udfff]*$/u
