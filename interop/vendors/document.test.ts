import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Service } from '@chartroom/testkit/vendors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needPeer } from '../peers/peers.ts'
import type { Project } from '../scripts/project.ts'
import { createProject } from '../scripts/project.ts'
import { program, run } from '../workspace.ts'
import type { Block } from './document-lines.ts'
import { blocks } from './document-lines.ts'
import { done, publishing } from './scene.ts'
import type { Person, Stage } from './stage.ts'
import { openStage, writeDockerLogin, writeProgram } from './stage.ts'

const site = 'https://ssahani.github.io/hypersdk/helm-charts'
const yaml = `destinations:\n  - to: oci://ghcr.io/ssahani/charts\n  - to: ./docs/helm-charts\n    repoUrl: ${site}\n`

let stage: Stage
let pages: string
let count = 0

beforeAll(async () => {
  stage = await openStage([{ host: 'ssahani.github.io', service: websiteOf(() => pages) }])
  const { ghcr, ecr } = stage.vendors
  ecr.createRepository('charts/hypersdk')
  ghcr.addOwner('ssahani')
  const owner = await stage.person('owner')
  await writeDockerLogin(owner, ghcr.host, ghcr.writer)
  const { chart } = await createProject(
    { ...owner, folder: owner.home, remove: async () => {} },
    { name: 'p', yaml },
  )
  pages = join(owner.home, 'site')
  await done(owner.ours(publishing(chart, 'oci://ghcr.io/ssahani/charts')))
  await done(owner.ours([...publishing(chart, pages), '--repo-url', site]))
  ghcr.setVisibility('ssahani/charts/hypersdk', 'public')
})

afterAll(() => stage.close())

/** A folder at the address of the classic repository. */
function websiteOf(folder: () => string): Service {
  return async ({ url }) => {
    const body = await readFile(join(folder(), url.pathname.replace('/hypersdk/helm-charts/', ''))).catch(
      () => undefined,
    )
    return body === undefined ? { status: 404 } : { status: 200, body }
  }
}

describe.each([
  ['helm itself', () => needPeer('helm-4.2.4'), ''],
  ['an alias of chartroom', () => process.execPath, program],
])('with helm being %s', (_, executable, first) => {
  it.each(blocks.map((block) => [block.title, block] as const))('%s', async (_title, block: Block) => {
    const { vendors } = stage
    const [vendor, path = ''] = block.published?.(vendors) ?? []
    await vendor?.remove(path, '0.2.0')
    const person = await newcomer()
    const { folder } = await projectOf(person)
    await writeProgram(person, 'helm', `exec '${executable()}' ${first === '' ? '' : `'${first}'`} "$@"`)
    for (const [name, text] of Object.entries(block.programs?.(vendors) ?? {}))
      await writeProgram(person, name, text)
    const env = { ...person.env, CHARTROOM: program, ...block.env?.(vendors) }
    const input = block.input?.(vendors)
    for (const line of block.lines) {
      const { code, stdout, stderr } = await run('bash', ['-eo', 'pipefail', '-c', line], {
        cwd: folder,
        env,
        input,
      })
      expect(code, `${line}\n${stdout}${stderr}`).toBe(0)
    }
    expect(vendor?.ledger.tags(path) ?? ['0.2.0']).toEqual(['0.2.0'])
  })
})

it('no credential went to another origin, and no host was asked that is not known', () => {
  expect([stage.vendors.leaks(), stage.vendors.network.unknownHosts]).toEqual([[], []])
})

function projectOf(person: Person): Promise<Project> {
  return createProject({ ...person, folder: person.home, remove: async () => {} }, { name: 'project', yaml })
}

async function newcomer(): Promise<Person> {
  count += 1
  return stage.person(`newcomer-${count}`)
}
