/** One flag of a command, as help, completion and parsing see it. */
export interface FlagSpec {
  /** Commander's form: `-d, --destination <dir>`. */
  readonly flags: string
  readonly description: string
  readonly repeat?: boolean
  readonly choices?: readonly string[]
  /** The value that the flag has when it is given without one; a value is then only taken after `=`. */
  readonly bare?: string
  /** Taken, but not shown in help: helm has it, and here it changes nothing. */
  readonly hidden?: boolean
}

/** `destination` of `-d, --destination <dir>`. */
export function flagName({ flags }: FlagSpec): string {
  return /--([a-z0-9-]+)/.exec(flags)?.[1] ?? ''
}

export function takesValue({ flags }: FlagSpec): boolean {
  return flags.includes('<')
}

export const outputFlag: FlagSpec = {
  flags: '-o, --output <format>',
  description: 'print the result as table, json or yaml',
  choices: ['table', 'json', 'yaml'],
}

export const connectionFlags: readonly FlagSpec[] = [
  { flags: '--username <name>', description: 'user name for the registry or repository' },
  {
    flags: '--password <secret>',
    description: 'password or token; visible in the process list, prefer --password-stdin',
  },
  { flags: '--password-stdin', description: 'read the password or token from standard input' },
  { flags: '--plain-http', description: 'speak HTTP instead of HTTPS (loopback hosts do unless =false)' },
  { flags: '--insecure-skip-tls-verify', description: 'accept any server certificate' },
  { flags: '--ca-file <file>', description: 'trust the certificate authorities in this file too' },
  { flags: '--cert-file <file>', description: 'client certificate to show' },
  { flags: '--key-file <file>', description: 'key of the client certificate' },
  {
    flags: '--trusted-realm <host>',
    description: "token service that gets the login though its name is another owner's; repeatable",
    repeat: true,
  },
]

/** What a registry should make, where it wants things to exist before a push. */
export const repositoryFlags: readonly FlagSpec[] = [
  {
    flags: '--create-repository',
    description:
      'make the repository, project or key that the registry wants first (ECR, GAR, Harbor, Artifactory)',
  },
  { flags: '--immutable-tags', description: 'with --create-repository: its tags cannot be moved' },
  { flags: '--scan-on-push', description: 'with --create-repository: what is pushed to it is scanned' },
]
