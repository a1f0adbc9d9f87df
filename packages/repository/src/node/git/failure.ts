import type { ErrorCode, Secret } from '@chartroom/errors'
import { ChartroomError, printableLine, redactUrl } from '@chartroom/errors'
import type { GitEnded } from './program.ts'

/** What a call of git was about, for its error. */
export interface GitCall {
  readonly op: 'ls-remote' | 'fetch' | 'push' | 'read' | 'write'
  readonly url: string
  readonly secrets?: readonly Secret[] | undefined
}

interface Known {
  readonly said: RegExp
  readonly code: ErrorCode
  readonly problem: string
  readonly hint: string
}

const logins =
  'Set GITHUB_TOKEN for GitHub; else git takes logins from its credential helpers (git help credentials) and, for git+ssh, from the ssh agent. In GitHub Actions the job needs "permissions: contents: write".'

// In this order: git ends many failures with the same general sentence.
const known: readonly Known[] = [
  {
    said: /detected dubious ownership/,
    code: 'FORBIDDEN',
    problem: 'git does not trust the owner of that folder',
    hint: 'git config --global --add safe.directory PATH says that you do.',
  },
  {
    said: /error: 429|too many requests|rate limit/i,
    code: 'RATE_LIMITED',
    problem: 'the host takes no more requests for now',
    hint: 'Wait, and run the same command again.',
  },
  {
    said: /returned error: 403|permission to \S+ denied|write access to repository not granted|not allowed to push|insufficient permission|read.?only repository|marked as read.only/i,
    code: 'FORBIDDEN',
    problem: 'the login may not write there',
    hint: `The login needs the right to push. ${logins}`,
  },
  {
    said: /host key verification failed|remote host identification has changed/i,
    code: 'UNAUTHENTICATED',
    problem: 'ssh does not know the key of the host',
    hint: 'Connect once with ssh and compare the key with what the host publishes, or put it into known_hosts.',
  },
  {
    said: /authentication failed|could not read (?:username|password)|terminal prompts disabled|returned error: 401|permission denied \(|invalid username or password|access denied/i,
    code: 'UNAUTHENTICATED',
    problem: 'a login is needed, and none was taken',
    hint: logins,
  },
  {
    said: /repository .*not found|repository not found|does not appear to be a git repository|returned error: 404|project you were looking for could not be found|not a git repository|invalid gitfile format/i,
    code: 'REPOSITORY_NOT_FOUND',
    problem: 'there is no such repository, or the login may not see it',
    hint: 'Check the address. The repository must exist before; its branch is made by the first publish.',
  },
  {
    said: /returned error: 3\d\d|unable to update url base from redirection/i,
    code: 'REPOSITORY_NOT_FOUND',
    problem: 'the repository has moved, and the token is not sent along',
    hint: 'Write the new address of the repository.',
  },
  {
    said: /ssl certificate|certificate verif|server certificate|ssl peer|ssl_connect|gnutls/i,
    code: 'NETWORK',
    problem: 'the certificate of the host is not trusted',
    hint: 'Name its authority: caFile in chartroom.yaml, or http.sslCAInfo of git.',
  },
  {
    said: /returned error: 5\d\d/,
    code: 'SERVER_ERROR',
    problem: 'the host answers with an error of its own',
    hint: 'Run the same command again later.',
  },
  {
    said: /transport '.*' not allowed/i,
    code: 'USAGE',
    problem: 'git was told to go there another way, which is not allowed',
    hint: 'Look at url.*.insteadOf in git config --list.',
  },
  {
    said: /no space left on device|disk quota exceeded/i,
    code: 'DISK_FULL',
    problem: 'there is no space left',
    hint: 'Free some space, here or where the repository lies, and run the same command again.',
  },
  {
    said: /could not resolve|connection (?:refused|timed out|reset|closed)|failed to connect|couldn't connect|network is unreachable|no route to host|operation too slow|timed out|early eof|rpc failed|hung up unexpectedly|empty reply|unable to access|could not read from remote|unexpected disconnect|protocol error|bad line length|invalid server response|recv failure|transfer closed/i,
    code: 'NETWORK',
    problem: 'the host cannot be reached, or the connection broke',
    hint: 'Check the address, the network and the proxy, and run the same command again.',
  },
]

/** The error of a call that ended badly; git's own words, without any secret, are its cause. */
export function gitFailure({ op, url, secrets = [] }: GitCall, { code, stderr }: GitEnded): ChartroomError {
  const words = withoutSecrets(stderr, secrets)
  const found = known.find(({ said }) => said.test(words))
  const where = redactUrl(url)
  const last = lastWords(words)
  const problem = found?.problem ?? `git ends with ${code}${last === '' ? '' : `: ${last}`}`
  return new ChartroomError(found?.code ?? 'IO', `${where}: ${problem}`, {
    op: `git ${op}`,
    origin: where,
    hint: found?.hint ?? 'Run the same with git by hand to see more.',
    cause: new Error(words.trim()),
  })
}

/** Text in which none of the secrets stands, nor a login in an address. */
export function withoutSecrets(text: string, secrets: readonly Secret[]): string {
  return secrets
    .map((secret) => secret.reveal())
    .filter((value) => value !== '')
    .reduce((rest, value) => rest.replaceAll(value, '***'), text)
    .replace(/:\/\/[^/?#\s]*@/g, '://')
}

function lastWords(text: string): string {
  const lines = text
    .split(/[\r\n]+/)
    .map(printableLine)
    .filter((line) => line !== '')
  return (lines.findLast((line) => /^(?:fatal|error|remote):/.test(line)) ?? lines.at(-1) ?? '').slice(0, 300)
}
