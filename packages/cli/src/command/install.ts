import { ChartroomError } from '@chartroom/errors'
import type { CommandModule } from '../invocation.ts'

/** Says which helm line does what a cluster verb asks for. */
export function refuse(verb: 'install' | 'upgrade'): CommandModule {
  return {
    async run({ args }) {
      const line = ['helm', verb, ...args.map(quoted)].join(' ')
      throw new ChartroomError('USAGE', `chartroom does not ${verb} into a cluster yet`, {
        hint: `Helm does, from the same references: ${line}`,
      })
    },
  }
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
}
