import { join, relative, resolve } from 'node:path'
import { ChartroomError, printable } from '@chartroom/errors'
import { planPipeline, writePipeline } from '@chartroom/verbs'
import packageJson from '../../package.json' with { type: 'json' }
import type { Invocation } from '../invocation.ts'

export async function run({ flags, environment, io }: Invocation): Promise<void> {
  const [github, gitlab] = [flags.has('github'), flags.has('gitlab')]
  if (github === gitlab) {
    throw new ChartroomError('USAGE', 'init ci takes either --github or --gitlab', {
      hint: 'Write chartroom init ci --github, or with --output - to see the file first.',
    })
  }
  const at = github ? 'github' : 'gitlab'
  const { folder, path, text, next, warnings } = await planPipeline(
    { at, version: packageJson.version },
    environment,
  )
  for (const warning of warnings) io.err(`Warning: ${printable(warning)}\n`)
  const output = flags.text('output')
  // CHARTROOM_OUTPUT is the format of other commands.
  const isFile = output !== undefined && !['json', 'yaml', 'table'].includes(output)
  if (output === '-') return io.out(text)
  const file = isFile ? resolve(environment.cwd, output) : join(folder, path)
  await writePipeline(file, text, flags.has('force'))
  io.out(`${relative(environment.cwd, file)}\n`)
  io.err(`Next:\n${next.map((line, index) => `  ${index + 1}. ${line}\n`).join('')}`)
}
