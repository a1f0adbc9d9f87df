import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Manifest {
  readonly name: string
  readonly version: string
  readonly dependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
}

interface LockedPackage {
  readonly hasInstallScript?: boolean
  readonly dev?: boolean
}

const manifests = readdirSync(join(root, 'packages')).map((name) =>
  read<Manifest>(`packages/${name}/package.json`),
)
// The command line is bundled: what it bundles stands in its devDependencies.
const declared = manifests.flatMap(({ dependencies, devDependencies }) =>
  Object.entries({ ...dependencies, ...devDependencies }),
)
const outside = [
  ...new Set(declared.map(([name]) => name).filter((name) => !name.startsWith('@chartroom/'))),
].sort()

describe('dependencies', () => {
  it('are explained in docs/dependencies.md, and nothing else is', () => {
    const page = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8')
    const explained = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '')
    expect(explained.sort()).toEqual(outside)
  })

  it('are pinned exactly', () => {
    const { devDependencies } = read<Manifest>('package.json')
    const all = [...declared, ...Object.entries(devDependencies ?? {})]
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  it('run no install script and hold no native code', () => {
    const { packages } = read<{ packages: Record<string, LockedPackage> }>('package-lock.json')
    const scripts = Object.entries(packages).filter(
      ([path, entry]) => entry.hasInstallScript === true && !isTool(path, entry),
    )
    expect(scripts.map(([path]) => path)).toEqual([])
  })

  it('have one version for all packages of this repository', () => {
    const { version } = read<Manifest>('package.json')
    expect(manifests.filter((manifest) => manifest.version !== version).map(({ name }) => name)).toEqual([])
  })
})

// Tools may bring native code; their install scripts do not run here (.npmrc).
function isTool(path: string, { dev }: LockedPackage): boolean {
  return dev === true && !outside.some((name) => path.endsWith(`node_modules/${name}`))
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as T
}
