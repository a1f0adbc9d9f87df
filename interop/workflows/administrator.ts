import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * What a runner of GitHub lets everybody do, for the path: `sudo` runs what it is given, as who is there already. No
 * test changes what is installed on the machine: `apt-get` writes its command line to `record` and is done.
 */
export async function writeAdministrator(bin: string, record: string): Promise<void> {
  await mkdir(bin, { recursive: true })
  const program = async (name: string, script: string): Promise<void> =>
    writeFile(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  await program('sudo', 'exec "$@"')
  await program('apt-get', `printf 'apt-get %s\\n' "$*" >> '${record}'`)
}
