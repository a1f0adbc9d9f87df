/** One setting of git, as `git -c` takes it. */
export type GitSetting = readonly [key: string, value: string]

export interface GitSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** A person sits at a terminal that git may ask for a login. */
  readonly mayAsk?: boolean | undefined
}

// All else that git reads from its environment would lead it to another repository: chartroom may run in a
// hook, an alias or a rebase of the user's, and GIT_DIR is theirs then.
const kept =
  /^GIT_(?:ASKPASS|SSH|SSH_COMMAND|SSH_VARIANT|SSL_\w+|PROXY_SSL_\w+|HTTP_USER_AGENT|EXEC_PATH|TERMINAL_PROMPT|TRACE\w*|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|PARAMETERS|COUNT|KEY_\d+|VALUE_\d+)|(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL|DATE))$/

// Others run programs of an address's choice.
const transports = ['file', 'http', 'https', 'ssh']

/** What git runs with: the user's own settings and logins, with `settings` on top, in English, asking nobody. */
export function gitEnvironment(
  { env, mayAsk }: GitSurroundings,
  settings: readonly GitSetting[],
): Record<string, string> {
  const made: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && (!name.startsWith('GIT_') || kept.test(name))) made[name] = value
  }
  const allowed = env['GIT_ALLOW_PROTOCOL']?.split(':')
  return {
    ...made,
    ...withSettings(made, settings),
    LC_ALL: 'C',
    LANGUAGE: '',
    GIT_ALLOW_PROTOCOL: transports.filter((one) => allowed?.includes(one) ?? true).join(':'),
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_TRACE_REDACT: '1',
    GIT_TERMINAL_PROMPT: mayAsk === true ? (made['GIT_TERMINAL_PROMPT'] ?? '1') : '0',
  }
}

// Behind the user's own of the same kind, because the last one counts.
function withSettings(
  env: Readonly<Record<string, string>>,
  settings: readonly GitSetting[],
): Record<string, string> {
  const count = /^\d{1,6}$/.test(env['GIT_CONFIG_COUNT'] ?? '') ? Number(env['GIT_CONFIG_COUNT']) : 0
  const made: Record<string, string> = { GIT_CONFIG_COUNT: String(count + settings.length) }
  for (const [index, [key, value]] of settings.entries()) {
    made[`GIT_CONFIG_KEY_${count + index}`] = key
    made[`GIT_CONFIG_VALUE_${count + index}`] = value
  }
  return made
}

/** What keeps the user's settings from running programs in the work copy, or from doing more than was asked. */
export const quietSettings: readonly GitSetting[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.logAllRefUpdates', 'false'],
  ['protocol.ext.allow', 'never'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['fetch.prune', 'false'],
  ['fetch.writeCommitGraph', 'false'],
  ['submodule.recurse', 'false'],
  ['push.followTags', 'false'],
  ['push.recurseSubmodules', 'no'],
  ['push.useForceIfIncludes', 'false'],
  ['i18n.commitEncoding', 'utf-8'],
]
