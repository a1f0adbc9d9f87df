import { ChartroomError } from '@chartroom/errors'
import type { OutputOptions, Rendered } from '@chartroom/template'
import { formatPostRendered, partText, releaseParts } from '@chartroom/template'
import { findPostRenderer, postRender } from '@chartroom/verbs'
import type { Invocation } from './invocation.ts'

/** What makes the text that is printed, of what a chart gave. */
export type Formatter = (rendered: Rendered, options: OutputOptions) => Promise<string>

/** Finds the program that `--post-renderer` names, before anything is rendered. */
export async function postRendererOf({ flags, io, environment }: Invocation): Promise<Formatter> {
  if (flags.text('output-dir') !== undefined) {
    throw new ChartroomError('USAGE', '--output-dir cannot be given with --post-renderer', {
      hint: 'What a post-renderer makes has no template that a file could be named after: print it into one file.',
    })
  }
  const path = await findPostRenderer(flags.text('post-renderer') ?? '', environment)
  const megabytes = flags.number('max-output')
  return async (rendered, options) => {
    const manifests = releaseParts(rendered, options).map(partText).join('')
    const made = await postRender(
      manifests,
      {
        path,
        args: flags.list('post-renderer-args'),
        bytes: megabytes === undefined ? undefined : megabytes * 1024 * 1024,
        onError: (text) => io.err(text),
      },
      environment,
    )
    if (manifests !== '' && made.trim() === '') io.err('Warning: the post-renderer gave nothing\n')
    return formatPostRendered(made, rendered, options)
  }
}
