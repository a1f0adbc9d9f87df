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
  return (version) => matches(text, version)
}

// Greedy: it is enough to take up again behind the last star.
function matches(pattern: string, text: string): boolean {
  let [at, star, retry] = [0, -1, 0]
  for (let place = 0; place < text.length; ) {
    if (pattern[at] === '*') {
      star = at
      at += 1
      retry = place
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[place])) {
      at += 1
      place += 1
    } else if (star >= 0) {
      at = star + 1
      retry += 1
      place = retry
    } else {
      return false
    }
  }
  return /^\**$/.test(pattern.slice(at))
}
