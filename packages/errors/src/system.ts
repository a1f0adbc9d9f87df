import type { ErrorCode } from './code.ts'

export interface SystemProblem {
  readonly code: ErrorCode
  readonly message: string
  /** A full sentence, where there is something to do about it. */
  readonly hint: string | undefined
}

const inTheWay = 'Something else is in the way: move it, or name another path.'
const noSpace = 'Free some space and run the same command again: what was there before is untouched.'

const hints: Readonly<Record<string, string>> = {
  EACCES: 'Check who may read and write there.',
  EDQUOT: noSpace,
  EEXIST: inTheWay,
  EFBIG: noSpace,
  EISDIR: inTheWay,
  EMFILE: 'Too many files are open: raise the limit (ulimit -n).',
  ENOENT: 'Check the path.',
  ENOSPC: noSpace,
  ENOTDIR: inTheWay,
  EPERM: 'Check who may read and write there.',
  EROFS: 'The file system is read-only: name another folder.',
}

/** An error of the operating system in words, with the path it is about; undefined for any other error. */
export function systemProblem(error: Error): SystemProblem | undefined {
  const system = textOf(error, 'code')
  if (system === undefined || !/^E[A-Z0-9]+$/.test(system)) return undefined
  // Node's form is `ENOENT: no such file or directory, open 'x'`.
  const reason = new RegExp(`^${system}: (.*?), `).exec(error.message)?.[1] ?? error.message
  const path = textOf(error, 'dest') ?? textOf(error, 'path')
  const message = path === undefined ? reason : `${path}: ${reason}`
  const code = codeOf(system)
  return {
    code,
    message: code === 'DISK_FULL' ? `no space left to write: ${message}` : message,
    hint: hints[system],
  }
}

function codeOf(system: string): ErrorCode {
  if (system === 'ENOSPC' || system === 'EDQUOT' || system === 'EFBIG') return 'DISK_FULL'
  return system === 'ENOENT' ? 'FILE_NOT_FOUND' : 'IO'
}

function textOf(error: Error, key: string): string | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(error, key)?.value
  return typeof value === 'string' && value !== '' ? value : undefined
}
