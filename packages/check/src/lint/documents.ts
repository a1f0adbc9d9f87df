import { trimSpace } from '@chartroom/go'
import { ChartroomError } from '@chartroom/errors'

/**
 * The documents of a text as Kubernetes' reader cuts them: at lines that begin with `---`, with every line end
 * made LF. A separator with nothing before it stays with what follows. Throws `YAML_INVALID` at one that has
 * text behind it, once what stands before has been given.
 */
export function* splitDocuments(text: string): Generator<string> {
  let document = ''
  for (const line of lines(text)) {
    if (line.startsWith('---')) {
      const behind = trimSpace(line.slice(3))
      if (behind !== '' && !behind.startsWith('#')) {
        throw new ChartroomError('YAML_INVALID', `invalid Yaml document separator: ${behind}`, {
          hint: 'Put "---" on a line of its own.',
        })
      }
      if (document !== '') {
        yield document
        document = ''
        continue
      }
    }
    document += `${line}\n`
  }
  if (document !== '') yield document
}

/** The first document as a YAML parser sees it: one that is more than comments. */
export function firstDocument(text: string): string {
  for (const document of splitDocuments(text)) {
    if (document.split('\n').some((line) => !/^\s*(#.*)?$/.test(line))) return document
  }
  return ''
}

function lines(text: string): string[] {
  const all = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  // What ends in a line feed has no further line; a carriage return alone at the end is kept by Go.
  if (text.endsWith('\n') || text === '') all.pop()
  return all
}
