import type { Value, ValueMap } from '@chartroom/go'
import { FunctionError, GoInt } from '@chartroom/go'
import type { TomlPrimitive } from 'smol-toml'
import { parse, TomlDate, TomlError } from 'smol-toml'
import type { TomlClock } from './date.ts'
import { readDate } from './date.ts'

/**
 * Reads TOML as BurntSushi/toml does into a `map[string]interface{}`: integers are int64, dates `time.Time`. Throws
 * `FunctionError` with the line.
 */
export function parseToml(text: string, clock: TomlClock): ValueMap {
  try {
    return table(parse(text, { integersAsBigInt: true }), clock)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [reason = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n')
    throw new FunctionError(`toml: line ${error.line}: ${reason}`, { cause: error })
  }
}

function table(parsed: Readonly<Record<string, TomlPrimitive>>, clock: TomlClock): ValueMap {
  return new Map(Object.entries(parsed).map(([key, value]) => [key, valueOf(value, clock)]))
}

function valueOf(parsed: TomlPrimitive, clock: TomlClock): Value {
  if (typeof parsed === 'bigint') return integer(parsed)
  if (typeof parsed !== 'object') return parsed
  if (Array.isArray(parsed)) return parsed.map((one) => valueOf(one, clock))
  return parsed instanceof TomlDate ? readDate(parsed, clock) : table(parsed, clock)
}

function integer(value: bigint): GoInt {
  if (value === BigInt.asIntN(64, value)) return new GoInt('int64', value)
  throw new FunctionError(`toml: ${value} is out of range for int64`)
}
