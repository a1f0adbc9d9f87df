import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileText } from '@chartroom/chart'
import { readFolder } from '@chartroom/chart/node'
import { temporaryFolder } from '@chartroom/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Connections } from '../connection.ts'
import { connect } from '../connection.ts'
import { completeChart, lacksLocked } from './complete-chart.ts'
import { updateDependencies } from './update.ts'

let root: string
let app: string
let connections: Connections

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

beforeEach(async () => {
  root = temporaryFolder()
  app = join(root, 'app')
  for (const name of ['one', 'two']) {
    write(`${name}/Chart.yaml`, `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`)
    write(`${name}/templates/a.yaml`, `name: ${name}\n`)
  }
  const dependencies = ['one', 'two'].map(
    (name) => `- {name: ${name}, version: ">=1.0.0", repository: "file://../${name}"}\n`,
  )
  write(
    'app/Chart.yaml',
    `apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n${dependencies.join('')}`,
  )
  connections = connect({ env: { HOME: root }, cwd: root, platform: process.platform }, {})
  await updateDependencies(app, connections, {})
})

async function namesOf(): Promise<string[]> {
  const chart = await completeChart(await readFolder(app), app, connections)
  return chart.dependencies.map(({ metadata: { name, version } }) => `${name} ${version}`)
}

describe('a chart whose charts/ is not complete', () => {
  it('gets what its lock names, and its folder stays as it is', async () => {
    rmSync(join(app, 'charts'), { recursive: true })
    expect(lacksLocked(await readFolder(app))).toBe(true)
    expect(await namesOf()).toEqual(['one 1.0.0', 'two 1.0.0'])
    expect(existsSync(join(app, 'charts'))).toBe(false)
  })

  it('has no archive of another version besides', async () => {
    write('one/Chart.yaml', 'apiVersion: v2\nname: one\nversion: 1.1.0\n')
    const before = await readFolder(app)
    await updateDependencies(app, connections, {})
    rmSync(join(app, 'charts', 'one-1.1.0.tgz'))
    rmSync(join(app, 'charts', 'two-1.0.0.tgz'))
    for (const { name, data } of before.files.filter((file) => file.name === 'charts/one-1.0.0.tgz'))
      writeFileSync(join(app, name), data)
    expect(await namesOf()).toEqual(['one 1.1.0', 'two 1.0.0'])
    expect(existsSync(join(app, 'charts', 'one-1.0.0.tgz'))).toBe(true)
  })

  it('stays as it is when nothing is missing, or no lock says what is', async () => {
    const whole = await readFolder(app)
    expect(await completeChart(whole, app, connections)).toBe(whole)
    rmSync(join(app, 'charts'), { recursive: true })
    rmSync(join(app, 'Chart.lock'))
    const bare = await readFolder(app)
    expect(await completeChart(bare, app, connections)).toBe(bare)
  })

  it('is refused where the lock is not that of its declarations', async () => {
    rmSync(join(app, 'charts'), { recursive: true })
    const [lock] = (await readFolder(app)).files.filter(({ name }) => name === 'Chart.lock')
    write('app/Chart.lock', lock === undefined ? '' : fileText(lock).replace(/sha256:..../, 'sha256:0000'))
    await expect(namesOf()).rejects.toMatchObject({ code: 'CHART_INVALID' })
  })
})
