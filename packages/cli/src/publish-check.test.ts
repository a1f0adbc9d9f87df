import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Called } from './testing/call.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop

beforeEach(async () => {
  shop = await openWorkshop()
  await shop.chart('app', '1.0.0')
})

afterEach(() => shop.close())

const broken = 'a: {{ .Values.x.y }}\n'
const demanding = 'metadata: {name: {{ required "x is needed" .Values.x }}}\n'

function publish(...argv: string[]): Promise<Called> {
  return shop.chartroom(
    'publish',
    ...(argv[0]?.startsWith('-') === false ? argv : ['app', ...argv]),
    '--to',
    'site',
  )
}

/** What the destination has. */
async function published(): Promise<string[]> {
  const names = await readdir(shop.folder)
  return names.includes('site') ? readdir(join(shop.folder, 'site')) : []
}

describe('publish refuses with exit code 8, before anything is uploaded,', () => {
  it('a chart that lint finds an error in', async () => {
    await shop.write('app/templates/bad.yaml', broken)
    const { code, stdout, stderr } = await publish()
    expect([code, stdout]).toEqual([8, ''])
    expect(stderr).toMatch(/^Error: lint: app 1\.0\.0: templates\/: app\/templates\/bad\.yaml:1:13/)
    expect(stderr).toContain('--skip-lint')
    expect(await published()).toEqual([])
    expect((await publish('--skip-lint')).code).toBe(0)
  })

  it('a chart whose Chart.yaml says what packing would drop', async () => {
    await shop.write('app/Chart.yaml', 'apiVersion: v2\nname: app\nversion: 1.0.0\nappVersion: 1.10\n')
    const { code, stderr } = await publish()
    expect([code, stderr]).toEqual([
      8,
      expect.stringContaining("appVersion should be of type string but it's"),
    ])
  })

  it('a chart that cannot be rendered with the values of its tests', async () => {
    await shop.write('app/templates/more.yaml', '{{ if .Values.more }}{{ fail "no more" }}{{ end }}')
    await shop.write('app/ci/good-values.yaml', 'more: false\n')
    await shop.write('app/ci/more-values.yaml', 'more: true\n')
    const { code, stdout, stderr } = await publish()
    expect([code, stdout]).toEqual([8, ''])
    expect(stderr).toMatch(/^Error: test: app 1\.0\.0: ci\/more-values\.yaml: .*no more/)
    expect(stderr).toContain('--skip-test')
    expect(await published()).toEqual([])
    expect((await publish('--skip-lint')).code).toBe(8)
    expect((await publish('--skip-test')).code).toBe(0)
  })

  it('all of several charts, of which one is bad, and names all faults', async () => {
    await shop.chart('other', '2.0.0')
    await shop.write('app/templates/bad.yaml', broken)
    await shop.write('other/templates/bad.yaml', broken)
    await shop.chart('good', '3.0.0')
    const { code, stderr } = await publish('app', 'other', 'good')
    expect(code).toBe(8)
    expect(stderr).toContain('app 1.0.0: templates/: ')
    expect(stderr).toContain('other 2.0.0: templates/: ')
    expect(await published()).toEqual([])
  })

  it('test values that are ignored by .helmignore, and those inside an archive', async () => {
    await shop.write('app/templates/more.yaml', '{{ if .Values.more }}{{ fail "no more" }}{{ end }}')
    await shop.write('app/ci/more-values.yaml', 'more: true\n')
    await shop.chartroom('package', 'app')
    expect((await publish('app-1.0.0.tgz')).code).toBe(8)
    await shop.write('app/.helmignore', 'ci/\n')
    expect((await publish()).code).toBe(8)
    await shop.chartroom('package', 'app')
    expect((await publish('app-1.0.0.tgz')).code).toBe(0)
  })

  it('in a plan too', async () => {
    await shop.write('app/templates/bad.yaml', broken)
    expect((await publish('--plan')).code).toBe(8)
  })
})

describe('publish warns, and goes on,', () => {
  it('about a chart that requires values', async () => {
    await shop.write('app/templates/x.yaml', demanding)
    await shop.write('app/ci/x-values.yaml', 'x: y\n')
    const { code, stderr } = await publish()
    expect(code).toBe(0)
    expect(stderr).toMatch(/^Warning: cannot be rendered with its default values: .*x is needed/m)
    expect(await published()).toContain('app-1.0.0.tgz')
  })

  it('about what lint warns of, and not about what it recommends', async () => {
    await shop.write('app/templates/odd.yaml', 'metadata: {name: A_B}\n')
    const { code, stderr } = await publish()
    expect(code).toBe(0)
    expect(stderr).toMatch(/^Warning: templates\/odd\.yaml: object name does not conform/)
    expect(stderr).not.toContain('icon')
  })

  it('naming the chart when there are several', async () => {
    await shop.chart('other', '2.0.0')
    await shop.write('app/templates/odd.yaml', 'metadata: {name: A_B}\n')
    const { stderr } = await publish('app', 'other')
    expect(stderr).toMatch(/^Warning: app 1\.0\.0: templates\/odd\.yaml: /)
  })
})

describe('publish', () => {
  it('only lints a library chart', async () => {
    await shop.write('app/Chart.yaml', 'apiVersion: v2\nname: app\nversion: 1.0.0\ntype: library\n')
    await shop.write('app/templates/config.yaml', broken)
    const { code, stderr } = await publish()
    expect([code, stderr]).toEqual([0, ''])
  })

  it('takes both switches from chartroom.yaml', async () => {
    await shop.write('app/templates/bad.yaml', broken)
    await shop.write('app/ci/x-values.yaml', '{}\n')
    await shop.write('chartroom.yaml', 'publish: {skipLint: true, skipTest: true}\n')
    expect((await publish()).code).toBe(0)
    await shop.write('chartroom.yaml', 'publish: {skipLint: true}\n')
    const { code, stderr } = await publish()
    expect([code, stderr]).toEqual([8, expect.stringContaining('Error: test: ')])
    expect((await publish('--skip-test')).code).toBe(0)
    expect((await publish('--skip-test', '--skip-lint=false')).code).toBe(8)
  })
})
