import type { Value } from '@chartroom/go'
import { compileRegexp, RegexpSyntaxError } from '@chartroom/go'
import { quoted } from './failure.ts'
import { formatChecks } from './format-checks.ts'

/** Why a text is not of a format, in the words of santhosh-tekuri/jsonschema; undefined when it is. */
export function formatFailure(format: string, value: Value): string | undefined {
  if (typeof value !== 'string') return undefined
  const reason = format === 'regex' ? regexReason(value) : formatChecks.get(format)?.(value)
  return reason === undefined ? undefined : `${quoted(value)} is not valid ${format}: ${reason}`
}

function regexReason(text: string): string | undefined {
  try {
    compileRegexp(text)
    return undefined
  } catch (error) {
    if (error instanceof RegexpSyntaxError) return error.message
    throw error
  }
}
