/** One flag of a command, as help, completion and parsing see it. */
export interface FlagSpec {
  /** Commander's form: `-d, --destination <dir>`. */
  readonly flags: string
  readonly description: string
  readonly repeat?: boolean
  readonly choices?: readonly string[]
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
]
