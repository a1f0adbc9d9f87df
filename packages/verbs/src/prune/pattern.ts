import { globMatcher } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'

/**
 * A pattern of versions: `*` stands for any characters, `?` for one; all others for themselves. Throws `USAGE` for one
 * that no version can match.
 */
export function compileVersionPattern(text: string): (version: string) => boolean {
  if (!/^[\w.+*?-]{1,256}$/.test(text)) {
    throw new ChartroomError('USAGE', `${JSON.stringify(text)} is no pattern of versions`, {
      hint: 'Write versions with * for any characters and ? for one, such as "1.*" or "*-rc.*".',
    })
  }
  const matches = globMatcher(text)
  return (version) => matches(version) === true
}
