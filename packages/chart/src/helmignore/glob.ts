/** What Go's filepath.Match says: matched, not matched, or that it came upon a malformed pattern. */
export type GlobResult = boolean | 'bad pattern'

interface Chunk {
  readonly star: boolean
  readonly text: Uint8Array
  readonly rest: Uint8Array
}

const slash = 0x2f
const backslash = 0x5c
const star = 0x2a
const question = 0x3f
const open = 0x5b
const close = 0x5d
const caret = 0x5e
const dash = 0x2d

/**
 * Go's filepath.Match as on Linux, on every platform: `*` and `?` stop at `/`, `[a-z]` and `[^a-z]`,
 * `\` escapes. It works on bytes as Go does, where `*` may stop inside a character. Like Go it may not
 * see that a pattern is malformed when the name differs before the malformed part.
 */
export function matchGlob(pattern: string, name: string): GlobResult {
  return globMatcher(pattern)(name)
}

/** The same for many names. */
export function globMatcher(pattern: string): (name: string) => GlobResult {
  if (pattern.includes('[') || pattern.includes('\\')) return (name) => search(pattern, name)
  const star = pattern.indexOf('*')
  const question = pattern.indexOf('?')
  if (question >= 0 || pattern.includes('*', star + 1)) {
    const end = star < 0 || (question >= 0 && question < star) ? question : star
    const begin = pattern.slice(0, end)
    // No search where even the begin differs: without brackets and escapes no pattern is malformed.
    return (name) => name.startsWith(begin) && search(pattern, name)
  }
  if (star < 0) return (name) => name === pattern
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)]
  return (name) => matchesEnds(name, before, after)
}

function search(pattern: string, name: string): GlobResult {
  const encoder = new TextEncoder()
  let rest = encoder.encode(pattern)
  let text: Uint8Array = encoder.encode(name)
  while (rest.length > 0) {
    const chunk = nextChunk(rest)
    rest = new Uint8Array(chunk.rest)
    if (chunk.star && chunk.text.length === 0) return !text.includes(slash)
    const after = matchFrom(chunk, text, rest.length === 0)
    if (typeof after === 'string' || after === undefined) return after ?? false
    text = after
  }
  return text.length === 0
}

/** One star, as most patterns have, needs no search. */
function matchesEnds(name: string, before: string, after: string): boolean {
  if (name.length < before.length + after.length || !name.startsWith(before) || !name.endsWith(after))
    return false
  return !name.slice(before.length, name.length - after.length).includes('/')
}

/** What is left of the text after the chunk, undefined when it does not match. */
function matchFrom(chunk: Chunk, text: Uint8Array, last: boolean): Uint8Array | undefined | 'bad pattern' {
  const here = matchChunk(chunk.text, text)
  if (here === 'bad pattern') return here
  if (here !== undefined && (here.length === 0 || !last)) return here
  if (!chunk.star) return undefined
  for (let i = 0; i < text.length && text[i] !== slash; i++) {
    const there = matchChunk(chunk.text, text.subarray(i + 1))
    if (there === 'bad pattern') return there
    if (there !== undefined && (there.length === 0 || !last)) return there
  }
  return undefined
}

/** The pattern up to its next star outside a class, with the stars before it taken off. */
function nextChunk(pattern: Uint8Array): Chunk {
  let start = 0
  while (pattern[start] === star) start++
  let inClass = false
  let end = start
  for (; end < pattern.length; end++) {
    const byte = pattern[end]
    if (byte === backslash && end + 1 < pattern.length) end++
    else if (byte === open) inClass = true
    else if (byte === close) inClass = false
    else if (byte === star && !inClass) break
  }
  return { star: start > 0, text: pattern.subarray(start, end), rest: pattern.subarray(end) }
}

/** Goes on to the chunk's end after a mismatch, because a malformed pattern is an error in any case. */
function matchChunk(chunk: Uint8Array, text: Uint8Array): Uint8Array | undefined | 'bad pattern' {
  let failed = false
  let at = 0
  let i = 0
  while (i < chunk.length) {
    failed ||= at >= text.length
    const byte = chunk[i]
    if (byte === open) {
      const { rune, width } = runeAt(text, at)
      const found = matchClass(chunk, i + 1, failed ? -1 : rune)
      if (found === 'bad pattern') return found
      i = found.next
      at += failed ? 0 : width
      failed ||= !found.matched
    } else if (byte === question) {
      failed ||= text[at] === slash
      at += failed ? 0 : runeAt(text, at).width
      i++
    } else {
      if (byte === backslash && ++i >= chunk.length) return 'bad pattern'
      failed ||= chunk[i] !== text[at]
      at += failed ? 0 : 1
      i++
    }
  }
  return failed ? undefined : text.subarray(at)
}

function matchClass(
  chunk: Uint8Array,
  from: number,
  rune: number,
): { matched: boolean; next: number } | 'bad pattern' {
  let i = from
  const negated = chunk[i] === caret
  if (negated) i++
  let inside = false
  for (let ranges = 0; ; ranges++) {
    if (chunk[i] === close && ranges > 0) return { matched: inside !== negated, next: i + 1 }
    const low = classRune(chunk, i)
    if (low === undefined) return 'bad pattern'
    i = low.next
    const high = chunk[i] === dash ? classRune(chunk, i + 1) : low
    if (high === undefined) return 'bad pattern'
    i = high.next
    inside ||= low.rune <= rune && rune <= high.rune
  }
}

/** One end of a range, maybe escaped; there must be something after it, at least the closing bracket. */
function classRune(chunk: Uint8Array, from: number): { rune: number; next: number } | undefined {
  let i = from
  if (i >= chunk.length || chunk[i] === dash || chunk[i] === close) return undefined
  if (chunk[i] === backslash) i++
  const { rune, width } = runeAt(chunk, i)
  const next = i + width
  return width === 0 || next >= chunk.length ? undefined : { rune, next }
}

/** Go's utf8.DecodeRune: bytes inside a character count as one U+FFFD each. */
function runeAt(bytes: Uint8Array, at: number): { rune: number; width: number } {
  const first = bytes[at]
  if (first === undefined) return { rune: 0xfffd, width: 0 }
  const width = first < 0x80 ? 1 : first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  if (width === 1) return { rune: first, width }
  if (width === 0) return { rune: 0xfffd, width: 1 }
  let rune = first & (0xff >> (width + 1))
  for (let i = 1; i < width; i++) rune = (rune << 6) | ((bytes[at + i] ?? 0) & 0x3f)
  return { rune, width }
}
