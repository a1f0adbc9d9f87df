const names = new Map([
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['"', '\\"'],
  ['\\', '\\\\'],
])

/** A text in double quotes. */
export function quoteText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is escaped
  const escaped = text.replace(/[\u0000-\u001f"\\\u007f]/g, (character) => {
    return names.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  return `"${escaped}"`
}

/** A key, in quotes where it needs them. */
export function quoteKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : quoteText(key)
}
