import { ChartroomError } from '@chartroom/errors'
import { completions } from '../completions.ts'
import type { Invocation } from '../invocation.ts'

const shells = ['bash', 'fish', 'powershell', 'zsh']

export async function run({ args }: Invocation): Promise<void> {
  const [shell = ''] = args
  if (!shells.includes(shell)) {
    throw new ChartroomError('USAGE', `there is no completion for ${shell}`, {
      hint: `Name one of ${shells.join(', ')}.`,
    })
  }
  completions().setup('chartroom', 'chartroom', shell)
}
