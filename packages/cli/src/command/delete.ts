import { ChartroomError } from '@chartroom/errors'
import type { Deletion } from '@chartroom/verbs'
import { connect, planDeletion } from '@chartroom/verbs'
import { connectionOptions } from '../connection-options.ts'
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, flags, environment } = invocation
  const [reference = ''] = args
  const connections = connect(environment, await connectionOptions(invocation, reference))
  const deletion = await planDeletion(connections, reference)
  if (!flags.has('yes')) await ask(deletion, invocation)
  await deletion.run()
  const { digest, tags } = deletion
  await print(invocation, { deleted: { reference: deletion.reference, digest, tags } }, () => ({
    head: ['DELETED', 'DIGEST', 'TAGS'],
    rows: [[deletion.reference, digest, tags.join(', ')]],
  }))
}

async function ask({ reference, tags }: Deletion, { io }: Invocation): Promise<void> {
  const what = `${reference} (tags: ${tags.length === 0 ? 'none' : tags.join(', ')})`
  if (!io.errIsTerminal || !io.stdin.isTTY) {
    throw new ChartroomError('USAGE', `${what} was not deleted: nobody is there to ask`, {
      hint: 'Pass --yes.',
    })
  }
  const { confirm, isCancel } = await import('@clack/prompts')
  const answer = await confirm({ message: `Delete ${what}?`, initialValue: false, output: process.stderr })
  if (isCancel(answer) || !answer) throw new ChartroomError('ABORTED', 'nothing was deleted')
}
