import { spawn } from 'node:child_process'
import { access, constants, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { ChartroomError } from '@chartroom/errors'
import { bytesString, stringBytes } from '@chartroom/go'
import type { Environment } from '../environment.ts'
import { limits } from '../limits.ts'
import { helm4Plugin } from './helm4-plugin.ts'

/** A program that reads manifests and writes others. */
export interface PostRenderer {
  /** Absolute. */
  readonly path: string
  readonly args: readonly string[]
  /** The most that it may write; default `limits.postRenderedBytes`. */
  readonly bytes?: number | undefined
  /** Takes what it writes to standard error, in parts. */
  readonly onError?: ((text: string) => void) | undefined
}

/**
 * The absolute path of a program that is named as for Helm 3's `--post-renderer`: a path, or a name on the `PATH`.
 * Throws `NOT_FOUND`, and names the program where the name is one of Helm 4's plugins.
 */
export async function findPostRenderer(name: string, environment: Environment): Promise<string> {
  for (const path of places(name, environment)) if (await isProgram(path)) return path
  const plugin = await helm4Plugin(name, environment)
  if (plugin !== undefined) {
    throw new ChartroomError('UNSUPPORTED', `the post-renderer ${name} is a plugin of Helm 4, in ${plugin}`, {
      hint: 'Chartroom runs programs, as Helm 3 does: give the path of the program in its plugin.yaml, which is then given no hooks.',
    })
  }
  throw new ChartroomError('NOT_FOUND', `unable to find binary at ${name}`, {
    hint: 'Give the path of a program that may be executed, or the name of one on the PATH.',
  })
}

function places(name: string, { cwd, env, platform }: Environment): string[] {
  const extensions = platform === 'win32' ? ['', ...(env.PATHEXT ?? '.EXE').split(';')] : ['']
  const isPath = name.includes('/') || (platform === 'win32' && name.includes('\\'))
  // Of a relative folder on the PATH nothing is run, as in Go: it would be whatever lies where one stands.
  const folders = isPath ? [cwd] : (env.PATH ?? '').split(delimiter).filter(isAbsolute)
  const start = isPath ? (folder: string) => resolve(folder, name) : (folder: string) => join(folder, name)
  return folders.flatMap((folder) => extensions.map((extension) => `${start(folder)}${extension}`))
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch (error) {
    // Not there, or not for this user: the next place is asked.
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}

/**
 * What a program makes of manifests. Throws `IO` when it fails, `LIMIT_EXCEEDED` for endless output; the signal of the
 * environment ends it.
 */
export function postRender(
  manifests: string,
  { path, args, bytes = limits.postRenderedBytes, onError }: PostRenderer,
  { cwd, env, signal }: Environment,
): Promise<string> {
  return new Promise((fulfil, reject) => {
    const child = spawn(path, args, { cwd, env: { ...env }, signal, windowsHide: true })
    // What the program started may hold its streams open.
    const giveUp = (why: Error): void => {
      child.kill('SIGKILL')
      child.stdout.destroy()
      child.stderr.destroy()
      reject(why)
    }
    const out: Buffer[] = []
    let size = 0
    child.stdout.on('data', (part: Buffer) => {
      size += part.length
      if (size <= bytes) out.push(part)
      else giveUp(tooMuch(path, bytes))
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => onError?.(text))
    // It may end without reading: how it ended says whether that was right.
    child.stdin.on('error', () => undefined)
    child.stdin.end(stringBytes(manifests))
    child.on('error', (error) =>
      giveUp(signal?.aborted === true ? abortError(signal) : startError(path, error)),
    )
    child.on('close', (code, killed) => {
      if (code === 0) fulfil(bytesString(Buffer.concat(out)))
      else reject(failed(path, code === null ? `signal: ${killed}` : `exit status ${code}`))
    })
  })
}

function abortError({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new ChartroomError('ABORTED', 'interrupted')
}

function failed(path: string, how: string): ChartroomError {
  return new ChartroomError(
    'IO',
    `error while running post render on files: error while running command ${path}: ${how}`,
    {
      hint: 'What it says stands above. Give it what chartroom template prints with --no-hooks to try it alone.',
    },
  )
}

function startError(path: string, cause: Error): ChartroomError {
  return new ChartroomError('IO', `the post-renderer ${path} could not be started: ${cause.message}`, {
    hint: 'A script needs a first line such as #!/bin/sh, and the program that it names.',
    cause,
  })
}

function tooMuch(path: string, bytes: number): ChartroomError {
  return new ChartroomError('LIMIT_EXCEEDED', `the post-renderer ${path} writes more than ${bytes} bytes`, {
    hint: 'See that it ends; --max-output allows more.',
  })
}
