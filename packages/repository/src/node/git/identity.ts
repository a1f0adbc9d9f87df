import { ChartroomError } from '@chartroom/errors'
import type { GitEnded } from './program.ts'

type Variables = Readonly<Record<string, string | undefined>>

const bot = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
}
const nobody = { name: 'chartroom', email: 'chartroom@localhost' }

/**
 * Who a commit is by, as variables for git: `GIT_AUTHOR_*` and `GIT_COMMITTER_*`, else `user.name` and
 * `user.email` of git's settings, else a neutral name.
 */
export async function identity(
  env: Variables,
  setting: (key: string) => Promise<GitEnded>,
): Promise<Record<string, string>> {
  const [name, email] = await Promise.all(
    ['user.name', 'user.email'].map(async (key) => valueOf(await setting(key))),
  )
  const fallback = env['GITHUB_ACTIONS'] === 'true' ? bot : nobody
  const known = name !== undefined && email !== undefined ? { name, email } : fallback
  const author = {
    name: given(env['GIT_AUTHOR_NAME']) ?? known.name,
    email: given(env['GIT_AUTHOR_EMAIL']) ?? known.email,
  }
  return {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_COMMITTER_NAME: given(env['GIT_COMMITTER_NAME']) ?? author.name,
    GIT_COMMITTER_EMAIL: given(env['GIT_COMMITTER_EMAIL']) ?? author.email,
  }
}

function valueOf({ code, stdout, stderr }: GitEnded): string | undefined {
  if (code === 0) return given(stdout.toString('utf8').trim())
  // Of git config: there is no such key.
  if (code === 1) return undefined
  throw new ChartroomError('IO', 'the settings of git cannot be read', {
    cause: new Error(stderr.trim()),
    hint: 'git config --list tells what is wrong with them.',
  })
}

function given(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text
}
