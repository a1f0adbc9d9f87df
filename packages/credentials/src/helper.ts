import { spawn } from 'node:child_process'
import { ChartroomError } from '@chartroom/errors'
import { limits } from './limits.ts'

/** What a helper takes and gives (docker-credential-helpers, Development). */
export interface HelperAnswer {
  readonly ServerURL?: string
  readonly Username: string
  readonly Secret: string
}

/**
 * The helper that Chartroom is itself. A file that names it means the logins that are kept beside: it is never run from
 * here, or each would ask the other without end.
 */
export const ownHelper = 'chartroom'

/** How helpers are run. */
export interface HelperOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds for an answer; default 30,000. */
  readonly timeout?: number | undefined
}

/** Asks `docker-credential-NAME`; undefined when it has nothing for the server. Throws `IO`, `TIMEOUT`. */
export async function helperGet(
  name: string,
  server: string,
  options: HelperOptions,
): Promise<HelperAnswer | undefined> {
  const { code, stdout } = await call({ ...options, name, verb: 'get', input: server })
  if (code !== 0) {
    if (hasNothing(stdout)) return undefined
    throw failed(name, 'get', wordsOf(stdout, code))
  }
  const { Username, Secret } = parseAnswer(stdout)
  if (typeof Username !== 'string' || typeof Secret !== 'string')
    throw failed(name, 'get', 'it answered with something else than a login')
  return Username === '' && Secret === '' ? undefined : { Username, Secret }
}

export async function helperStore(name: string, answer: HelperAnswer, options: HelperOptions): Promise<void> {
  const { code, stdout } = await call({ ...options, name, verb: 'store', input: JSON.stringify(answer) })
  if (code !== 0) throw failed(name, 'store', wordsOf(stdout, code).replaceAll(answer.Secret, '***'))
}

/** False when the helper had nothing for the server. */
export async function helperErase(name: string, server: string, options: HelperOptions): Promise<boolean> {
  const { code, stdout } = await call({ ...options, name, verb: 'erase', input: server })
  if (code !== 0 && !hasNothing(stdout)) throw failed(name, 'erase', wordsOf(stdout, code))
  return code === 0
}

/** The servers that the helper has logins for, with their user names; empty where it cannot say. */
export async function helperList(
  name: string,
  options: HelperOptions,
): Promise<readonly (readonly [string, string])[]> {
  const { code, stdout } = await call({ ...options, name, verb: 'list', input: '' })
  if (code !== 0) return []
  return Object.entries(parseAnswer(stdout)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
}

function hasNothing(stdout: string): boolean {
  return /credentials not found/i.test(stdout)
}

function parseAnswer(stdout: string): { readonly Username?: unknown; readonly Secret?: unknown } {
  try {
    const value: unknown = JSON.parse(stdout)
    return typeof value === 'object' && value !== null ? value : {}
  } catch (error) {
    // Not passed on: it would quote the answer, and with it what may be a password.
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

/** A refusal in the helper's own words, unless they may be a login. */
function wordsOf(stdout: string, code: number): string {
  const words = stdout.trim()
  return words === '' || words.includes('{') ? `it ended with ${code}` : words.slice(0, 200)
}

interface Call extends HelperOptions {
  readonly name: string
  readonly verb: string
  readonly input: string
}

// The secret goes through standard input: arguments are visible to others on the machine.
function call({ name, verb, input, env, timeout = limits.helperMilliseconds }: Call): Promise<Ended> {
  if (!/^[A-Za-z0-9._-]+$/.test(name)) throw failed(name, verb, 'that is no name of a helper')
  return new Promise((resolve, reject) => {
    const child = spawn(`docker-credential-${name}`, [verb], {
      env: { ...env },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    // What the helper started in turn may hold its output open for longer than itself lives.
    const giveUp = (error: ChartroomError): void => {
      child.kill('SIGKILL')
      child.stdin.destroy()
      child.stdout.destroy()
      child.unref()
      reject(error)
    }
    const timer = setTimeout(() => giveUp(tooSlow(name, verb, timeout)), timeout)
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (stdout.length > limits.helperBytes)
        giveUp(failed(name, verb, `it answered with more than ${limits.helperBytes} bytes`))
    })
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(failed(name, verb, error.message))
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code: code ?? 1, stdout })
    })
    // A helper may answer and end without reading: what it says counts.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

interface Ended {
  readonly code: number
  readonly stdout: string
}

function tooSlow(name: string, verb: string, milliseconds: number): ChartroomError {
  const message = `docker-credential-${name} ${verb} did not answer within ${Math.ceil(milliseconds / 1000)} s`
  return new ChartroomError('TIMEOUT', message, {
    hint: 'Check whether the helper waits for a password or a locked keychain.',
  })
}

function failed(name: string, verb: string, why: string): ChartroomError {
  return new ChartroomError('IO', `docker-credential-${name} ${verb} failed: ${why}`, {
    hint: 'Check that the helper is on the PATH and works, or log in to another file.',
  })
}
