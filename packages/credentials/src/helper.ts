import { spawn } from 'node:child_process'
import { ChartroomError } from '@chartroom/errors'

export interface HelperAnswer {
  readonly ServerURL?: string
  readonly Username: string
  readonly Secret: string
}

const limits = { milliseconds: 30_000, bytes: 1024 * 1024 }

/** Asks `docker-credential-NAME`; undefined when it has nothing for the server. */
export async function helperGet(
  name: string,
  server: string,
  env: NodeJS.ProcessEnv,
): Promise<HelperAnswer | undefined> {
  const { code, stdout } = await call({ name, verb: 'get', input: server, env })
  if (code !== 0) {
    if (/credentials not found/i.test(stdout)) return undefined
    throw failed(name, 'get', stdout)
  }
  const value = JSON.parse(stdout) as Partial<HelperAnswer>
  if (typeof value.Username !== 'string' || typeof value.Secret !== 'string')
    throw failed(name, 'get', 'no user name')
  return value as HelperAnswer
}

export async function helperStore(name: string, answer: HelperAnswer, env: NodeJS.ProcessEnv): Promise<void> {
  const { code, stdout } = await call({ name, verb: 'store', input: JSON.stringify(answer), env })
  if (code !== 0) throw failed(name, 'store', stdout)
}

export async function helperErase(name: string, server: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { code, stdout } = await call({ name, verb: 'erase', input: server, env })
  if (code !== 0 && !/credentials not found/i.test(stdout)) throw failed(name, 'erase', stdout)
}

interface Call {
  readonly name: string
  readonly verb: string
  readonly input: string
  readonly env: NodeJS.ProcessEnv
}

// The secret goes through standard input: arguments are visible to others on the machine.
function call({ name, verb, input, env }: Call): Promise<{ code: number; stdout: string }> {
  if (!/^[A-Za-z0-9._-]+$/.test(name)) throw failed(name, verb, 'that is no name of a helper')
  return new Promise((resolve, reject) => {
    const child = spawn(`docker-credential-${name}`, [verb], {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: limits.milliseconds,
    })
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (stdout.length > limits.bytes) child.kill()
    })
    child.on('error', (error) => reject(failed(name, verb, error.message)))
    child.on('close', (code) => resolve({ code: code ?? 1, stdout }))
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

function failed(name: string, verb: string, why: string): ChartroomError {
  return new ChartroomError('IO', `docker-credential-${name} ${verb} failed: ${why.trim().slice(0, 200)}`, {
    hint: 'Check that the helper is on the PATH and works, or log in to another file.',
  })
}
