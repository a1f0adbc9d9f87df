/**
 * Whether git takes `name` as that of a branch (git-check-ref-format), and no tool takes it for an option or
 * for `HEAD`.
 */
export function isBranchName(name: string): boolean {
  if (name === '' || name === '@' || name === 'HEAD' || name.length > longest) return false
  if (name.startsWith('-') || name.endsWith('.') || name.includes('..') || name.includes('@{')) return false
  // oxlint-disable-next-line no-control-regex -- git refuses them
  if (/[\u0000-\u0020\u007f~^:?*[\\]/.test(name)) return false
  return name.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'))
}

/** Characters: a file system takes 255 bytes in a name, and refs are files. */
const longest = 200
