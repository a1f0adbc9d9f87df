import type { CommandSpec } from './command-table.ts'
import { flagName, takesValue } from './flag.ts'
import { booleanOf } from './flags.ts'

/**
 * Rewrites pflag's `--flag=false` and `--flag=true` of boolean flags to what commander reads, and gives flags
 * that may stand without a value that value.
 * All other arguments stay as they are.
 */
export function normalizeArgv(argv: readonly string[], table: readonly CommandSpec[]): string[] {
  if (!argv.some((argument) => argument.startsWith('-'))) return [...argv]
  const booleans = new Set(
    table.flatMap(({ flags }) => flags.filter((flag) => !takesValue(flag)).map((flag) => flagName(flag))),
  )
  const bares = new Map<string, string | undefined>(
    table.flatMap(({ flags }) => flags.map((flag) => [`--${flagName(flag)}`, flag.bare] as const)),
  )
  const end = argv.indexOf('--')
  return argv.map((argument, index) => {
    if (end >= 0 && index > end) return argument
    const bare = bares.get(argument)
    if (bare !== undefined) return `${argument}=${bare}`
    const match = /^--([a-z0-9-]+)=(.*)$/s.exec(argument)
    const name = match?.[1] ?? ''
    if (match === null || !booleans.has(name)) return argument
    return booleanOf(name, match[2] ?? '') ? `--${name}` : `--no-${name}`
  })
}
