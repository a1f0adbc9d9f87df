import { onTestFinished } from 'vitest'
import type { OtherRegistry, DistributionOptions } from '../registries.ts'
import { startDistribution } from '../registries.ts'
import type { Ended, Home } from '../workspace.ts'
import { program, run, temporaryHome, writeChart } from '../workspace.ts'

/** A home for one test, with a chart `app` 1.0.0 in it; both go when the test ends. */
export interface Site extends Home {
  chartroom(args: readonly string[], options?: CallOptions): Promise<Ended>
}

export interface CallOptions {
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  readonly input?: string | undefined
}

export async function openSite(): Promise<Site> {
  const home = await temporaryHome()
  onTestFinished(() => home.remove())
  await writeChart(`${home.folder}/app`, { name: 'app', version: '1.0.0' })
  return {
    ...home,
    chartroom: (args, { env, input } = {}) =>
      run(process.execPath, [program, ...args], { cwd: home.folder, env: { ...home.env, ...env }, input }),
  }
}

/** The registry that ends with the test. */
export async function distribution(options: DistributionOptions): Promise<OtherRegistry> {
  const registry = await startDistribution(options)
  onTestFinished(() => registry.close())
  return registry
}

/** `me`, password `pass-me-not`, as a line of a password file (bcrypt). */
export const passwordFile = 'me:$2b$05$.avUpcoN1RDv3FNwJdf2Mu2JR/noSWEBn1xiNjxrNi907eN8EGdbe\n'
export const password = 'pass-me-not'

/** What a call that went well said; else an error with all of it. */
export function good({ code, stdout, stderr }: Ended): string {
  if (code !== 0) throw new Error(`ended with ${code}\n${stdout}\n${stderr}`)
  return stdout
}
