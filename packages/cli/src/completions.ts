import tab from '@bomb.sh/tab'
import { commandTable, groups } from './command-table.ts'
import { flagName, takesValue } from './flag.ts'

type Root = typeof tab

/** The command table in the form that the completion library answers from. */
export function completions(): Root {
  for (const [name, summary] of groups) tab.command(name, summary)
  for (const spec of commandTable) {
    if (spec.hidden === true) continue
    const command = tab.command(spec.name, spec.summary)
    for (const flag of spec.flags) {
      if (flag.hidden === true) continue
      const values = (flag.choices ?? []).map((value) => ({ value, description: '' }))
      const short = /^-([a-z]),/.exec(flag.flags)?.[1]
      if (takesValue(flag)) {
        const handler = (complete: (value: string, description: string) => void): void => {
          for (const { value, description } of values) complete(value, description)
        }
        command.option(flagName(flag), flag.description, handler, short)
      } else if (short === undefined) command.option(flagName(flag), flag.description)
      else command.option(flagName(flag), flag.description, short)
    }
  }
  return tab
}
