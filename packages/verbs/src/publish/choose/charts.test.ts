import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@chartroom/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { chooseCharts } from './charts.ts'

let folder: string

beforeEach(() => {
  folder = temporaryFolder()
  for (const name of ['app', 'api', 'other']) {
    mkdirSync(join(folder, 'charts', name), { recursive: true })
    writeFileSync(
      join(folder, 'charts', name, 'Chart.yaml'),
      `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`,
    )
  }
  mkdirSync(join(folder, 'charts', 'no-chart'))
})

async function chosen(named: string[], charts?: string[]): Promise<string[]> {
  const environment = { env: {}, cwd: join(folder, 'charts'), platform: process.platform }
  const packed = await chooseCharts(named, environment, charts && { charts, folder })
  return packed.map(({ chart }) => chart.metadata.name)
}

describe('the charts of a publication', () => {
  it('are those named, below the working folder', async () => {
    expect(await chosen(['app', join(folder, 'charts', 'other')], ['charts/*'])).toEqual(['app', 'other'])
  })

  it.each([
    [['charts/*'], ['api', 'app', 'other']],
    [
      ['./charts/a*', 'charts/app'],
      ['api', 'app'],
    ],
    [
      ['*/*pp', 'charts/other'],
      ['app', 'other'],
    ],
  ])('are those that %j of chartroom.yaml stand for, below its folder', async (patterns, names) => {
    expect(await chosen([], patterns)).toEqual(names)
  })

  it('may be whole paths in chartroom.yaml too', async () => {
    expect(await chosen([], [join(folder, 'charts', 'a*')])).toEqual(['api', 'app'])
  })

  it.each([[undefined], [[]], [['charts/x*']]])(
    'are none with %j, which is a usage error',
    async (patterns) => {
      await expect(chosen([], patterns)).rejects.toMatchObject({ code: 'USAGE' })
    },
  )
})
