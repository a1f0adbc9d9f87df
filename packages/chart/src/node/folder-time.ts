import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { ChartroomError } from '@chartroom/errors'

/** The earliest time that every archive format can hold, for a chart of which no time is known. */
const fallback = new Date('1980-01-01T00:00:00Z')

/**
 * The time that an archive of this folder gets: `SOURCE_DATE_EPOCH`, else the commit time of the last commit
 * that touched the folder, else 1980-01-01. Throws `USAGE` for a `SOURCE_DATE_EPOCH` that is no number of
 * seconds.
 */
export async function folderTime(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Date> {
  const epoch = env['SOURCE_DATE_EPOCH']
  if (epoch !== undefined && epoch !== '') return epochTime(epoch)
  return (await commitTime(resolve(folder), env)) ?? fallback
}

function epochTime(text: string): Date {
  const seconds = Number(text)
  // Eleven octal digits are what a tar header holds.
  if (/^\d+$/.test(text) && seconds < 8 ** 11) return new Date(seconds * 1000)
  throw new ChartroomError('USAGE', `SOURCE_DATE_EPOCH is no number of seconds since 1970: ${text}`, {
    hint: 'Set it for instance to the output of "git log -1 --format=%ct".',
  })
}

/** Undefined outside a work tree, without a commit, and without git. */
async function commitTime(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Date | undefined> {
  try {
    const { stdout } = await promisify(execFile)('git', ['log', '-1', '--format=%ct', '--', '.'], {
      cwd: folder,
      env: { ...env, GIT_OPTIONAL_LOCKS: '0' },
    })
    const seconds = stdout.trim()
    return /^\d+$/.test(seconds) ? new Date(Number(seconds) * 1000) : undefined
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}
