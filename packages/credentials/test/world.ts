import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { temporaryFolder } from '@chartroom/testkit'
import type { Place } from '../src/index.ts'

/** A home of its own for one test: files of logins, and helpers on its PATH. */
export interface World extends Place {
  readonly env: Record<string, string>
  readonly helm: string
  readonly docker: string
  readonly podman: string
  /** Writes a file; text as it stands, anything else as JSON. */
  readonly write: (path: string, content: unknown) => void
  /** Puts `docker-credential-NAME` on the PATH: a shell script. */
  readonly helper: (name: string, script: string) => void
}

export function world(): World {
  const home = temporaryFolder()
  const bin = join(home, 'bin')
  mkdirSync(bin)
  return {
    env: { HOME: home, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
    platform: 'linux',
    helm: join(home, '.config/helm/registry/config.json'),
    docker: join(home, '.docker/config.json'),
    podman: join(home, '.config/containers/auth.json'),
    write(path, content) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    },
    helper(name, script) {
      const path = join(bin, `docker-credential-${name}`)
      writeFileSync(path, `#!/bin/sh\n${script}\n`)
      chmodSync(path, 0o755)
    },
  }
}

/** The entry of a user whose password is `p`, unless another is given. */
export function auth(username: string, password = 'p'): { auth: string } {
  return { auth: Buffer.from(`${username}:${password}`).toString('base64') }
}
