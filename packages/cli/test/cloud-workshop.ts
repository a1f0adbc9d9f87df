import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Vendors } from '@chartroom/testkit/vendors'
import { startVendors } from '@chartroom/testkit/vendors'
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest'
import type { Called } from '../src/testing/call.ts'
import { call } from '../src/testing/call.ts'
import type { Workshop } from '../src/testing/workshop.ts'
import { openWorkshop } from '../src/testing/workshop.ts'

/** The command line in a folder of its own, in a world where the seven registries are emulated. */
export interface CloudWorkshop {
  readonly vendors: Vendors
  readonly workshop: Workshop
  /** Runs with these variables, an empty home and no machine of a cloud around. */
  readonly run: (env: Readonly<Record<string, string>>, ...argv: string[]) => Promise<CloudRun>
}

export interface CloudRun extends Called {
  readonly home: string
}

export function cloudWorkshop(): CloudWorkshop {
  const held: { vendors?: Vendors; workshop?: Workshop } = {}
  beforeAll(async () => {
    held.vendors = await startVendors()
    held.workshop = await openWorkshop()
  })
  afterAll(async () => {
    await held.workshop?.close()
    await held.vendors?.close()
  })
  beforeEach(() => held.vendors?.network.clear())
  const get = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the clouds start before the first test')
    return value
  }
  return {
    get vendors() {
      return get(held.vendors)
    },
    get workshop() {
      return get(held.workshop)
    },
    async run(own, ...argv) {
      const home = own['HOME'] ?? newHome()
      const env = {
        ...get(held.vendors).env,
        ...{ HOME: home, PATH: '', AWS_EC2_METADATA_DISABLED: 'true', METADATA_SERVER_DETECTION: 'none' },
        AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
        ...own,
      }
      setProcessEnv(env)
      const called = await call(argv, { ...get(held.workshop).environment, env })
      return { ...called, home }
    },
  }
}

export function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'chartroom-home-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return home
}

const cloudVariable = /^(CHARTROOM_|AWS_|AZURE_|GOOGLE_|GCE_|CLOUDSDK_|GITHUB_|DOCKERHUB_|JF_)/

// Vendors' libraries, and what reads the proxy for a URL, ask the process itself.
function setProcessEnv(values: Readonly<Record<string, string>>): void {
  const none = Object.keys(process.env).filter((name) => cloudVariable.test(name) && !(name in values))
  const before = [...none, ...Object.keys(values)].map((name) => [name, process.env[name]] as const)
  for (const name of none) delete process.env[name]
  Object.assign(process.env, values)
  onTestFinished(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  })
}
