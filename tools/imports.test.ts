import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const packages = fileURLToPath(new URL('../packages', import.meta.url))

/** Which packages each room may import. A line added here is a change of the house: see docs/architecture.md. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  files: ['errors'],
  go: ['errors'],
  chart: ['errors', 'go'],
  template: ['errors', 'go', 'chart'],
  check: ['errors', 'go', 'chart', 'template'],
  gitops: ['errors', 'go'],
  oci: ['errors'],
  credentials: ['errors', 'files', 'oci'],
  providers: ['errors', 'credentials', 'oci'],
  repository: ['errors', 'files', 'go', 'chart', 'oci'],
  store: ['errors', 'oci'],
  registry: ['errors', 'go', 'chart', 'oci', 'repository', 'store'],
  verbs: [
    'errors',
    'go',
    'chart',
    'template',
    'check',
    'gitops',
    'files',
    'oci',
    'credentials',
    'providers',
    'repository',
    'store',
  ],
  cli: [
    'errors',
    'go',
    'chart',
    'template',
    'check',
    'gitops',
    'oci',
    'credentials',
    'providers',
    'repository',
    'store',
    'registry',
    'verbs',
  ],
  action: ['errors', 'go', 'chart', 'check', 'oci', 'verbs'],
  testkit: ['errors', 'go', 'chart', 'oci', 'repository', 'store', 'registry'],
}

/** Rooms that touch no disk, socket, clock or environment; `node` folders in them are their Node entries. */
const pure = ['errors', 'go', 'chart', 'template', 'check', 'gitops']

/** Modules outside our own that only one place may import, so that it can be replaced there. */
const single: Readonly<Record<string, RegExp>> = {
  diff: /^verbs\/src\/diff\/unified-diff\.ts/,
  fflate: /^chart\/src\//,
  'https-proxy-agent': /^oci\/src\//,
  'proxy-from-env': /^oci\/src\//,
  hono: /^registry\/src\//,
  re2js: /^go\/src\/regexp\//,
  'smol-toml': /^template\/src\/helm\/toml\//,
  '@noble/hashes': /^template\/src\/portable-ports\.ts/,
  '@noble/ciphers': /^template\/src\/portable-ports\.ts/,
  bcryptjs: /^(registry|testkit|template)\/src\//,
  commander: /^cli\/src\//,
  '@clack/prompts': /^cli\/src\//,
  '@bomb.sh/tab': /^cli\/src\//,
  '@aws-sdk/client-ecr': /^providers\/src\/ecr\//,
  '@aws-sdk/client-ecr-public': /^providers\/src\/ecr\//,
  '@azure/identity': /^providers\/src\/acr\//,
  'google-auth-library': /^providers\/src\/gar\//,
}

interface Source {
  /** `chart/src/metadata.ts`, with `/` on every system. */
  readonly path: string
  readonly room: string
  readonly text: string
  readonly lines: number
  readonly imports: readonly string[]
  readonly isTest: boolean
}

const sources = readSources()

describe('the rooms of the house', () => {
  it('are those this test knows', () => {
    expect(roomNames()).toEqual(Object.keys(allowed).sort())
  })

  it('are imported only along the arrows', () => {
    expect(
      offences(({ room, isTest }, name) => {
        const target = /^@chartroom\/([a-z]+)/.exec(name)?.[1]
        if (target === undefined || (isTest && target === 'testkit')) return false
        return !(allowed[room] ?? []).includes(target)
      }),
    ).toEqual([])
  })

  it('say in package.json what they import, and import what they say', () => {
    const wrong = roomNames().flatMap((room) => {
      const declared = declaredRooms(room)
      const used = new Set(
        sources.filter((source) => source.room === room && !source.isTest).flatMap(importedRooms),
      )
      return [...used].filter((name) => !declared.has(name)).map((name) => `${room} -> ${name}`)
    })
    expect(wrong).toEqual([])
  })

  it('are entered by their names, never by a path into another room', () => {
    expect(
      offences(({ path }, name) => {
        if (!name.startsWith('.')) return false
        const home = join(packages, path.split('/')[0] ?? '')
        return !resolve(packages, dirname(path), name).startsWith(home + sep)
      }),
    ).toEqual([])
  })

  it('that are pure import nothing of Node outside their node folder', () => {
    expect(
      offences(
        ({ path, room, isTest }, name) =>
          !isTest && pure.includes(room) && !/\/src\/node\//.test(path) && name.startsWith('node:'),
      ),
    ).toEqual([])
  })

  it('do not reach for the process where they are pure', () => {
    const reached = sources
      .filter(({ path, room, isTest }) => !isTest && pure.includes(room) && !/\/src\/node\//.test(path))
      .filter(({ text }) => /\b(process\.|Date\.now\(|new Date\(\)|Math\.random\(|setTimeout\()/.test(text))
    expect(reached.map(({ path }) => path)).toEqual([])
  })

  it('keep pure code free of their own node folders', () => {
    expect(
      offences(
        ({ path, room, isTest }, name) =>
          !isTest && pure.includes(room) && !/\/src\/node\//.test(path) && /(^|\/)node\//.test(name),
      ),
    ).toEqual([])
  })

  it('use the test kit in tests alone', () => {
    expect(
      offences(
        ({ room, isTest }, name) => !isTest && room !== 'testkit' && name.startsWith('@chartroom/testkit'),
      ),
    ).toEqual([])
  })

  it('import each outside module in one place only', () => {
    expect(
      offences(({ path, isTest }, name) => {
        const place = single[packageName(name)]
        return !isTest && place !== undefined && !place.test(path)
      }),
    ).toEqual([])
  })

  it('read only paths that exist, with their ending', () => {
    expect(
      offences(
        ({ path }, name) => name.startsWith('.') && !existsSync(resolve(packages, dirname(path), name)),
      ),
    ).toEqual([])
  })
})

describe('the files', () => {
  it('named index.ts only re-export', () => {
    const indexes = sources.filter(({ path }) => path.endsWith('/index.ts'))
    const own = indexes.filter(({ text }) => !isReexportsOnly(text)).map(({ path }) => path)
    expect(own).toEqual([])
  })

  it('have at most 400 lines', () => {
    expect(sources.filter(({ lines }) => lines > 400).map(({ path, lines }) => `${path}: ${lines}`)).toEqual(
      [],
    )
  })

  it('are named in kebab-case, and in a package with code also have a README', () => {
    const names = sources
      .map(({ path }) => path)
      .filter((path) => !/^[a-z0-9/-]+(\.[a-z0-9-]+)*\.ts$/.test(path))
    const rooms = roomNames().filter((room) => !existsSync(join(packages, room, 'README.md')))
    expect({ names, rooms }).toEqual({ names: [], rooms: [] })
  })
})

function offences(isOffence: (source: Source, imported: string) => boolean): string[] {
  return sources.flatMap((source) =>
    source.imports.filter((name) => isOffence(source, name)).map((name) => `${source.path} imports ${name}`),
  )
}

function roomNames(): string[] {
  return readdirSync(packages)
    .filter((name) => existsSync(join(packages, name, 'package.json')))
    .sort()
}

function importedRooms({ imports }: Source): string[] {
  return imports.filter((name) => name.startsWith('@chartroom/')).map(packageName)
}

function declaredRooms(room: string): Set<string> {
  const manifest = JSON.parse(readFileSync(join(packages, room, 'package.json'), 'utf8')) as Manifest
  return new Set([
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.devDependencies ?? {}),
  ])
}

interface Manifest {
  readonly dependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
}

/** `@scope/name` or `name` of a module specifier. */
function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function readSources(): Source[] {
  return roomNames().flatMap((room) => {
    const home = join(packages, room, 'src')
    if (!existsSync(home)) return []
    return readdirSync(home, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readSource(room, join(home, name)))
  })
}

function readSource(room: string, file: string): Source {
  const text = readFileSync(file, 'utf8')
  return {
    path: relative(packages, file).split(sep).join('/'),
    room,
    text,
    lines: text.split('\n').length - 1,
    imports: importsOf(text),
    isTest: file.endsWith('.test.ts') || /[\\/](golden|fixtures)[\\/]/.test(file),
  }
}

// Import and export statements begin a line; import() and import types stand anywhere.
function importsOf(text: string): string[] {
  const statements = text.matchAll(/^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*'([^']+)'/gm)
  const bare = text.matchAll(/^\s*import\s*'([^']+)'/gm)
  const dynamic = text.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)
  return [...statements, ...bare, ...dynamic].map((match) => match[1] ?? '')
}

function isReexportsOnly(text: string): boolean {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '')
  return (
    code.replace(/export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*from\s*'[^']+';?/g, '').trim() ===
    ''
  )
}
