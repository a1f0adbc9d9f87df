import { Secret } from '@chartroom/errors'
import type { GitAddress } from './address.ts'
import type { GitSetting } from './environment.ts'

/** A login that is handed to git in its environment, for one origin alone. */
export interface GitLogin {
  readonly settings: readonly GitSetting[]
  /** What must not be seen in anything that git says. */
  readonly secrets: readonly Secret[]
}

/**
 * `GITHUB_TOKEN` for the server that `GITHUB_SERVER_URL` names, else for github.com; undefined for all others, where
 * git finds a login by itself.
 */
export function tokenLogin(
  { origin }: GitAddress,
  env: Readonly<Record<string, string | undefined>>,
): GitLogin | undefined {
  const token = env['GITHUB_TOKEN']
  if (token === undefined || token === '' || origin === undefined || origin !== serverOf(env))
    return undefined
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64')
  const key = `http.${origin}/.extraHeader`
  return {
    settings: [
      // Empties the list: actions/checkout may have put its own header there, and two are refused.
      [key, ''],
      [key, `Authorization: Basic ${basic}`],
      // git would send the header to wherever the server points.
      ['http.followRedirects', 'false'],
    ],
    secrets: [new Secret(token), new Secret(basic)],
  }
}

/** The server that a workflow runs on, whose token it is; github.com outside of one. */
function serverOf({ GITHUB_SERVER_URL: own }: Readonly<Record<string, string | undefined>>): string {
  return own !== undefined && URL.canParse(own) ? new URL(own).origin : 'https://github.com'
}
