import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Chart } from '@chartroom/chart'
import { readFolder } from '@chartroom/chart/node'
import { beforeAll, describe, expect, it } from 'vitest'
import { needProgram, program as programPath } from '../peers/peers.ts'
import type { Ended } from '../workspace.ts'
import { ensureBuilt, program, run, workspace } from '../workspace.ts'
import type { Bundle } from './bundle.ts'
import { bundle } from './bundle.ts'
import { renderInBrowser } from './chromium.ts'
import type { Answer, Work } from './work.ts'

const hypersdk = join(workspace, 'deployments', 'helm', 'hypersdk')
const examples = readdirSync(join(hypersdk, 'examples')).sort()
const fixtures = join(workspace, 'packages', 'template', 'fixtures', 'charts')
/** What a page renders without flags: of each chart what helm made of it with its defaults. */
const goldens = readdirSync(fixtures).flatMap((name) => defaultGolden(name) ?? [])

let page: Bundle
let answers: Map<string, Answer>

beforeAll(async () => {
  await ensureBuilt()
  page = await bundle(fileURLToPath(new URL('page.ts', import.meta.url)))
  const chromium = programPath('chromium')
  if (chromium === undefined) return
  const work = await allWork()
  const given = await renderInBrowser(chromium, { script: page.code, work: [...work.values()] })
  answers = new Map([...work.keys()].map((name, index) => [name, given[index] ?? {}]))
})

describe('the bundle of chart and template for a browser', () => {
  it('holds all it needs, and nothing of Node', () => {
    expect(page.imports).toEqual([])
    expect(nodeNames(page.code)).toEqual([])
    expect(page.modules.filter((id) => /\/packages\/[a-z]+\/src\/node\//.test(id))).toEqual([])
  })

  it('would show what it took of Node', async () => {
    const ofNode = await bundle(join(workspace, 'packages', 'chart', 'src', 'node', 'index.ts'))
    expect(ofNode.imports).toContain('node:fs')
    expect(nodeNames(ofNode.code)).toEqual(expect.arrayContaining(['node:fs', 'node:zlib']))
  })
})

describe('a page in Chromium', () => {
  it.each(['', ...examples])(
    'renders the HyperSDK chart as the command line does with %s',
    async (example) => {
      needProgram('chromium')
      const values = example === '' ? [] : ['-f', join(hypersdk, 'examples', example)]
      const { code, stdout, stderr } = await chartroom(['template', hypersdk, ...values])
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toContain('kind: Deployment')
      expect(answers.get(`hypersdk ${example}`)).toEqual({ output: stdout })
    },
  )

  it.each(goldens)('renders the fixture chart $name as helm does', ({ name, output }) => {
    needProgram('chromium')
    expect(answers.get(name)).toEqual({ output })
  })
})

async function allWork(): Promise<Map<string, Work>> {
  const work = new Map<string, Work>()
  const files = filesOf(await readFolder(hypersdk))
  for (const example of ['', ...examples]) {
    const values = example === '' ? undefined : readFileSync(join(hypersdk, 'examples', example), 'utf8')
    work.set(`hypersdk ${example}`, { files, values })
  }
  for (const { name } of goldens) {
    work.set(name, { files: filesOf(await readFolder(join(fixtures, name))) })
  }
  return work
}

function filesOf({ files }: Chart): Work['files'] {
  return files.map(({ name, data }) => ({ name, base64: Buffer.from(data).toString('base64') }))
}

function defaultGolden(name: string): { name: string; output: string } | undefined {
  const golden = JSON.parse(readFileSync(join(fixtures, '..', 'golden', `${name}.json`), 'utf8')) as {
    readonly args: readonly string[]
    readonly output?: string
  }[]
  const output = golden.find(({ args }) => args.length === 0)?.output
  return output === undefined ? undefined : { name, output }
}

/** Modules of Node that a text asks for, comments included, and what only Node has in its global scope. */
function nodeNames(code: string): string[] {
  const asked = code.matchAll(/(?:\bfrom|\bimport|\brequire|\bgetBuiltinModule)\s*\(?\s*["']([^"']+)["']/g)
  const globals = code.match(/\bprocess\.\w+|\bBuffer\.\w+|\b__dirname\b/g) ?? []
  return [...[...asked].map(([, name = '']) => name).filter(isBuiltin), ...globals]
}

function chartroom(args: readonly string[]): Promise<Ended> {
  return run(process.execPath, [program, ...args])
}
