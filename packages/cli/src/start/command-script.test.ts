import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { commandScript } from './command-script.ts'
import type { ModuleFunction } from './module-function.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chartroom-script-'))
  for (const name of ['main', 'base', 'template']) {
    writeFileSync(join(folder, `${name}.cjs`), `// comment\nexports.name = '${name}' // at the end`)
  }
  const lists = { main: ['main.cjs', 'base.cjs'], template: ['template.cjs', 'base.cjs'] }
  writeFileSync(join(folder, 'files.json'), JSON.stringify(lists))
})

afterEach(() => rmSync(folder, { recursive: true }))

it.each([
  ['template', ['main', 'base', 'template']],
  ['main', ['main', 'base']],
  ['repo', ['main', 'base']],
  ['other', ['main', 'base']],
  ['constructor', ['main', 'base']],
])('has for %s the files in it that every call loads', (command, names) => {
  const functions = new Script(commandScript(folder, command)).runInThisContext() as Record<
    string,
    ModuleFunction
  >
  const exported = Object.values(functions).map((run) => {
    const module = { exports: {} }
    run(module.exports, () => undefined, module, '', '')
    return module.exports
  })
  expect(Object.keys(functions)).toEqual(names.map((name) => `${name}.cjs`))
  expect(exported).toEqual(names.map((name) => ({ name })))
})
