import { spawn } from 'node:child_process'
import type { ProgramResult, ProviderContext } from './context.ts'
import { limits } from './limits.ts'

export interface ProgramOptions extends Pick<ProviderContext, 'env' | 'platform'> {
  /** Milliseconds for a program to answer; default 15,000. */
  readonly timeout?: number | undefined
}

/**
 * Runs a program of the vendor's, such as `gh`, without a terminal. Undefined when there is none of the name, or
 * it does not end in time, or says too much.
 */
export function programRunner({
  env,
  platform,
  timeout = limits.programMilliseconds,
}: ProgramOptions): ProviderContext['run'] {
  return (program, args, input) =>
    new Promise<ProgramResult | undefined>((resolve) => {
      const child = spawn(program, args, {
        env: { ...env },
        stdio: ['pipe', 'pipe', 'ignore'],
        // Cloud programs are batch files there, which start by a shell alone; no argument here comes from outside.
        shell: platform === 'win32',
        windowsHide: true,
      })
      let stdout = ''
      const giveUp = (): void => {
        child.kill('SIGKILL')
        child.stdin.destroy()
        child.stdout.destroy()
        child.unref()
        resolve(undefined)
      }
      const timer = setTimeout(giveUp, timeout)
      const end = (result: ProgramResult | undefined): void => {
        clearTimeout(timer)
        resolve(result)
      }
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text
        if (stdout.length <= limits.programBytes) return
        clearTimeout(timer)
        giveUp()
      })
      // Not there, or not to be started: for us the same.
      child.on('error', () => end(undefined))
      child.on('close', (code) => end({ code: code ?? 1, stdout }))
      // It may end without reading.
      child.stdin.on('error', () => undefined)
      child.stdin.end(input ?? '')
    })
}
