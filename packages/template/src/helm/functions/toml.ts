import type { GoFunction, Value, ValueMap } from '@chartroom/go'
import type { TemplatePorts } from '../../ports.ts'
import type { TomlClock } from '../toml/date.ts'
import { formatToml } from '../toml/write.ts'
import { parseToml } from '../toml/read.ts'
import { fixed } from './function.ts'
import { messageOf } from './json.ts'

/** Helm's functions for TOML. `toToml` gives the error as its text, `fromToml` in what comes back. */
export function tomlFunctions(ports: TemplatePorts): ReadonlyMap<string, GoFunction> {
  return new Map([
    ['toToml', fixed(['any'], toToml)],
    ['mustToToml', fixed(['any'], (value: Value) => formatToml(value))],
    [
      'fromToml',
      fixed(['string'], (text: string) => {
        const { local } = ports.zones
        return fromToml(text, { local, offset: local.at(BigInt(ports.now().seconds)).offset })
      }),
    ],
  ])
}

function toToml(value: Value): string {
  // Of nil Go's reflection fails, which is no error that Helm hands on as text.
  if (value === null || value === undefined) return formatToml(value)
  try {
    return formatToml(value)
  } catch (error) {
    return messageOf(error)
  }
}

function fromToml(text: string, clock: TomlClock): ValueMap {
  try {
    return parseToml(text, clock)
  } catch (error) {
    return new Map([['Error', messageOf(error)]])
  }
}
