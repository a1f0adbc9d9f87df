import { spawn } from 'node:child_process'
import { ChartroomError, printableLine } from '@chartroom/errors'
import { limits } from '../limits.ts'

/** Where git runs, and for whom. */
export interface GitContext {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal | undefined
}

export interface GitResult {
  readonly code: number
  readonly stdout: Buffer
  /** One line, for an error. */
  readonly stderr: string
}

/** What git sets for hooks: it would make another repository, index or folder than that of `cwd` count. */
const local = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_NAMESPACE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
  'GIT_EXTERNAL_DIFF',
  'GIT_DIFF_OPTS',
]

/**
 * Runs git, with paths taken as they are. `own` are variables of this call. Throws `UNSUPPORTED` without a git
 * program, `LIMIT_EXCEEDED` for endless output; how git ended is for the caller to judge.
 */
export function runGit(
  { cwd, env, signal }: GitContext,
  args: readonly string[],
  { own = {}, input }: { own?: Readonly<Record<string, string>>; input?: string } = {},
): Promise<GitResult> {
  const inherited = Object.entries(env).filter(([name]) => !local.includes(name))
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd,
      env: {
        ...Object.fromEntries(inherited),
        // Messages are read here, and nobody is there to answer a question.
        LC_ALL: 'C',
        GIT_TERMINAL_PROMPT: '0',
        GIT_OPTIONAL_LOCKS: '0',
        GIT_LITERAL_PATHSPECS: '1',
        ...own,
      },
      signal,
      windowsHide: true,
    })
    const out: Buffer[] = []
    let [size, stderr] = [0, '']
    child.stdout.on('data', (part: Buffer) => {
      size += part.length
      if (size <= limits.gitOutputBytes) out.push(part)
      else child.kill()
    })
    child.stderr.on('data', (part: Buffer) => {
      if (stderr.length < 4096) stderr += part.toString()
    })
    // A git that ends early takes no input: how it ended says why.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input ?? '')
    child.on('error', (error) => reject(startError(error, cwd)))
    child.on('close', (code) => {
      if (size > limits.gitOutputBytes) reject(tooMuch(args))
      else resolve({ code: code ?? 1, stdout: Buffer.concat(out), stderr: printableLine(stderr) })
    })
  })
}

/** As {@link runGit} for what has to end well. Throws `IO` with git's own words. */
export async function gitOutput(
  context: GitContext,
  args: readonly string[],
  more?: Parameters<typeof runGit>[2],
): Promise<Buffer> {
  const { code, stdout, stderr } = await runGit(context, args, more)
  if (code === 0) return stdout
  const name = args.find((argument, index) => !argument.startsWith('-') && args[index - 1] !== '-c')
  throw new ChartroomError('IO', `git ${name} failed in ${context.cwd}: ${stderr || `exit code ${code}`}`, {
    hint: 'Run it there by hand to see more.',
  })
}

/** The parts of output with `-z`. */
export function zeroSeparated(output: Buffer): string[] {
  return output.toString().split('\0').slice(0, -1)
}

function startError(error: Error, cwd: string): Error {
  if (!('code' in error) || error.code !== 'ENOENT') return error
  return new ChartroomError('UNSUPPORTED', `git could not be started in ${cwd}`, {
    hint: 'Install git, have it in PATH, and see that the folder exists.',
    cause: error,
  })
}

function tooMuch(args: readonly string[]): ChartroomError {
  return new ChartroomError(
    'LIMIT_EXCEEDED',
    `git ${args[0]} prints more than ${limits.gitOutputBytes} bytes`,
    {
      hint: 'Name the charts, so that git looks at their folders alone.',
    },
  )
}
