import type { FlagSpec } from './flag.ts'
import { flagName, takesValue } from './flag.ts'

/** The variable that a flag can be given by. */
export function flagVariable(flag: FlagSpec): string {
  return `CHARTROOM_${flagName(flag).toUpperCase().replace(/-/g, '_')}`
}

/**
 * The flags that this command line or a variable gives: commander makes objects of each, and `template` has a hundred.
 * All of them where the line has something else that looks like a flag, which help and suggestions are for.
 */
export function neededFlags(
  flags: readonly FlagSpec[],
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): readonly FlagSpec[] {
  const given = argv.filter((argument) => /^--?[^-]/.test(argument)).map(spelling)
  if (given.length === 0 && !hasVariables(env)) return []
  const needed = new Set<FlagSpec>()
  const bySpelling = new Map(flags.flatMap((flag) => spellings(flag).map((one) => [one, flag] as const)))
  for (const one of given) {
    const flag = bySpelling.get(one)
    if (flag === undefined) return flags
    needed.add(flag)
  }
  return flags.filter((flag) => needed.has(flag) || env[flagVariable(flag)] !== undefined)
}

function hasVariables(env: Readonly<Record<string, string | undefined>>): boolean {
  return Object.keys(env).some((name) => name.startsWith('CHARTROOM_'))
}

/** `--set` of `--set=a=b`. */
function spelling(argument: string): string {
  const end = argument.indexOf('=')
  return end < 0 ? argument : argument.slice(0, end)
}

function spellings(flag: FlagSpec): string[] {
  const name = flagName(flag)
  const short = /^-[a-z]/.exec(flag.flags)?.[0]
  return [`--${name}`, ...(takesValue(flag) ? [] : [`--no-${name}`]), ...(short === undefined ? [] : [short])]
}
