import { ChartroomError } from '@chartroom/errors'
import { limits } from '../../limits.ts'

/** The names of the folders on the way to `path`. Throws `USAGE` for a path that leaves the branch, or into git's own. */
export function folderParts(path: string): string[] {
  const parts = path.replace(/\/+$/, '').split('/')
  if (parts.length <= limits.branchDepth && parts.every(isFolderName)) return parts
  throw new ChartroomError('USAGE', `"${path}" cannot be a folder in a branch`, {
    hint: 'Write a relative path such as charts or docs/charts, without . or .. or .git in it.',
  })
}

function isFolderName(name: string): boolean {
  // oxlint-disable-next-line no-control-regex -- no name that somebody wants has them
  if (name === '' || name.length > 200 || /[\u0000-\u001f\u007f\\:]/.test(name)) return false
  // What Windows and macOS take for `.git`: trailing dots and blanks, the short name, characters that they ignore.
  const plain = name
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[. ]+$/, '')
    .toLowerCase()
  return plain !== '' && plain !== '.git' && !/^git~\d+$/.test(plain)
}
