import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@chartroom/errors'
import type { CredentialSource } from '@chartroom/oci'
import { createTransport } from '@chartroom/oci'
import type { Vendors } from '@chartroom/testkit/vendors'
import { startVendors } from '@chartroom/testkit/vendors'
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest'
import type { ProviderContext } from '../src/index.ts'
import { programRunner } from '../src/index.ts'

/** The emulated clouds of a test file, with nothing noted of the test before. */
export function clouds(): { readonly vendors: Vendors } {
  const held: { vendors?: Vendors } = {}
  beforeAll(async () => {
    held.vendors = await startVendors()
  })
  afterAll(() => held.vendors?.close())
  beforeEach(() => held.vendors?.network.clear())
  return {
    get vendors() {
      if (held.vendors === undefined) throw new Error('the clouds start before the first test')
      return held.vendors
    },
  }
}

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>
  /** For every host. */
  readonly login?: { readonly username: string; readonly password: string } | undefined
  readonly now?: () => number
}

export interface TestContext extends ProviderContext {
  readonly warnings: readonly string[]
}

/** What vendors' code needs, in a world of its own: no home, no program, no proxy but the clouds'. */
export function contextIn(
  { env: own }: Vendors,
  { env = {}, login, now = Date.now }: Surroundings = {},
): TestContext {
  // What reads the proxy for a URL asks the process alone.
  setProcessEnv(own)
  const transport = createTransport({
    env: { ...own, ...env },
    retry: { attempts: 2, delay: 1, maxDelay: 1 },
  })
  onTestFinished(() => transport.close())
  const warnings: string[] = []
  return {
    env,
    platform: process.platform,
    transport,
    credentials: sourceOf(login),
    run: programRunner({ env, platform: process.platform }),
    now,
    onWarning: (message) => warnings.push(message),
    warnings,
  }
}

function sourceOf(login: Surroundings['login']): CredentialSource {
  return {
    credential: () =>
      Promise.resolve(
        login === undefined
          ? undefined
          : {
              kind: 'basic',
              username: login.username,
              password: new Secret(login.password),
              source: 'a test',
            },
      ),
  }
}

const cloudVariable = /^(AWS_|AZURE_|GOOGLE_|GCE_|CLOUDSDK_|IDENTITY_|MSI_|METADATA_)/

/**
 * Vendors' libraries read the environment of the process, so that a test has to set it; no file of the person who
 * runs the tests and no machine of a cloud is found.
 */
export function standAlone(values: Readonly<Record<string, string>>): void {
  const home = mkdtempSync(join(tmpdir(), 'chartroom-home-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const none = Object.keys(process.env).filter((name) => cloudVariable.test(name))
  setProcessEnv({
    ...Object.fromEntries(none.map((name) => [name, undefined])),
    ...{ HOME: home, USERPROFILE: home, PATH: '' },
    ...{ AWS_EC2_METADATA_DISABLED: 'true', METADATA_SERVER_DETECTION: 'none' },
    AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
    ...values,
  })
}

/** Sets variables of the process until the test ends. */
export function setProcessEnv(values: Readonly<Record<string, string | undefined>>): void {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const)
  put(Object.entries(values))
  onTestFinished(() => put(before))
}

function put(entries: readonly (readonly [name: string, value: string | undefined])[]): void {
  for (const [name, value] of entries) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
}
