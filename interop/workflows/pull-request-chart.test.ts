import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chartFolder, openOwnTown, setVersion } from './own-town.ts'
import type { WorkflowResult } from './runner.ts'
import { secretsShown } from './runner.ts'
import type { Town } from './town.ts'

const title = 'A title $(touch pwned)\n::set-output name=results::evil\n`touch pwned` </summary>'

let town: Town

beforeAll(async () => {
  town = await openOwnTown()
})

afterAll(() => town?.close())

async function check(): Promise<WorkflowResult> {
  const result = await town.run('pull-request-chart.yml', await town.pullRequest(title))
  expect(secretsShown(result)).toEqual([])
  const made = readdirSync(town.folder, { recursive: true, encoding: 'utf8' })
  expect(made.filter((path) => basename(path) === 'pwned')).toEqual([])
  return result
}

describe('a pull request', () => {
  it('that changes the chart and not its version is refused, and shows what would be rendered', async () => {
    await town.git('checkout', '-q', '-b', 'feature/$(touch${IFS}pwned)')
    const values = await town.read(`${chartFolder}/values.yaml`)
    expect(values).toMatch(/^replicaCount: 1$/m)
    await town.write(`${chartFolder}/values.yaml`, values.replace(/^replicaCount: 1$/m, 'replicaCount: 7'))
    await town.commit('more replicas')
    const result = await check()
    expect(result.conclusion, result.log).toBe('failure')
    expect(result.jobs['check']?.annotations.join('\n')).toMatch(/error.*0\.3\.0/)
    expect(result.summary).toContain('replicas: 7')
    expect(JSON.stringify(result.jobs['check']?.steps)).not.toContain('evil')
  })

  it('that gives the chart a greater version passes, and shows the same', async () => {
    await setVersion(town, '0.4.0')
    await town.commit('0.4.0')
    const result = await check()
    expect(result.conclusion, result.log).toBe('success')
    expect(result.summary).toContain('0.4.0')
    expect(result.summary).toMatch(/^\+ .*replicas: 7$/m)
    expect(result.summary).toMatch(/^- .*replicas: 1$/m)
  })

  it('that changes no chart passes', async () => {
    await town.git('checkout', '-q', 'main')
    await town.git('checkout', '-q', '-b', 'other')
    await town.write('NOTES.md', 'nothing of the chart\n')
    await town.commit('notes')
    const result = await check()
    expect(result.conclusion, result.log).toBe('success')
    expect(result.jobs['check']?.steps.at(-1)?.outputs).toMatchObject({ changed: 'false' })
  })

  it('whose chart does not render is refused', async () => {
    await town.write(`${chartFolder}/templates/broken.yaml`, '{{ fail "not so" }}\n')
    await town.commit('broken')
    const result = await check()
    expect(result.conclusion).toBe('failure')
    expect(result.jobs['check']?.annotations.join('\n')).toContain('not so')
  })
})
