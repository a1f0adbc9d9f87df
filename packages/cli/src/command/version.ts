import { arch, platform } from 'node:os'
import packageJson from '../../package.json' with { type: 'json' }
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'

export async function run(invocation: Invocation): Promise<void> {
  const version = {
    version: packageJson.version,
    node: process.versions.node,
    platform: `${platform()}/${arch()}`,
  }
  await print(
    invocation,
    version,
    () => `chartroom ${version.version} (Node ${version.node}, ${version.platform})`,
  )
}
