import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lintedCharts } from './shape/lint.ts'
import type { Workshop } from './testing/workshop.ts'
import { openWorkshop } from './testing/workshop.ts'

let shop: Workshop

beforeEach(async () => {
  shop = await openWorkshop()
  await shop.chart('app', '1.0.0')
})

afterEach(() => shop.close())

const broken = 'ok: 1\nb: {{ .Values.x.y }}\n'

describe('lint', () => {
  it('prints findings as helm does and ends with 0 when none is an error', async () => {
    expect(await shop.chartroom('lint', 'app')).toEqual({
      code: 0,
      stdout:
        '==> Linting app\n[INFO] Chart.yaml: icon is recommended\n\n1 chart(s) linted, 0 chart(s) failed\n',
      stderr: '',
    })
  })

  it('ends with 8 when a chart has an error, and says so on standard error', async () => {
    await shop.write('app/templates/bad.yaml', broken)
    const { code, stdout, stderr } = await shop.chartroom('lint', 'app')
    expect([code, stderr]).toEqual([
      8,
      expect.stringContaining('Error: 1 chart(s) linted, 1 chart(s) failed (CHART_INVALID)\nHint: '),
    ])
    expect(stdout).toContain('[ERROR] templates/: app/templates/bad.yaml:2:13\n')
    expect(stdout).not.toContain('chart(s) linted')
  })

  it('lets warnings pass, but not with --strict', async () => {
    await shop.write('app/templates/odd.yaml', 'metadata: {name: A_B}\n')
    expect((await shop.chartroom('lint', 'app')).code).toBe(0)
    expect((await shop.chartroom('lint', 'app', '--strict')).code).toBe(8)
  })

  it('prints nothing of a good chart when quiet', async () => {
    expect(await shop.chartroom('lint', 'app', '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('takes values of files, addresses and flags, the later kind over the earlier', async () => {
    await shop.write('app/values.schema.json', '{"properties": {"replicas": {"const": 7}}}')
    await shop.write('seven.yaml', 'replicas: 7\n')
    await shop.write('text', '7')
    const server = await serveText('replicas: 7\n')
    const given: [number, ...string[]][] = [
      [8],
      [0, '-f', 'seven.yaml'],
      [0, '-f', 'app/values.yaml,seven.yaml'],
      [0, '-f', server.url],
      [8, '-f', 'seven.yaml', '-f', 'app/values.yaml'],
      [0, '--set', 'replicas=7'],
      [8, '--set-string', 'replicas=7'],
      [0, '--set-json', 'replicas=7'],
      [8, '--set-file', 'replicas=text'],
      [8, '--set-literal', 'replicas=7'],
      [8, '-f', 'seven.yaml', '--set', 'replicas=8'],
      [0, '--skip-schema-validation'],
    ]
    try {
      for (const [code, ...flags] of given) {
        expect([flags, (await shop.chartroom('lint', 'app', ...flags)).code]).toEqual([flags, code])
      }
    } finally {
      await server.close()
    }
  })

  it('renders for the Kubernetes version and the namespace that are asked for', async () => {
    const name = '{{ .Capabilities.KubeVersion.Minor }}_{{ .Release.Namespace }}'
    await shop.write(
      'app/templates/odd.yaml',
      `apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: "${name}"}\n`,
    )
    const { stdout } = await shop.chartroom('lint', 'app', '--kube-version', '1.20', '-n', 'mine')
    expect(stdout).toContain('"20_mine"')
    expect(stdout).not.toContain('deprecated')
    expect((await shop.chartroom('lint', 'app', '--kube-version', '1.21')).stdout).toContain(
      'batch/v1beta1 CronJob is deprecated in v1.21+, unavailable in v1.25+; use batch/v1 CronJob',
    )
  })

  it('says what required and fail would have said, without failing', async () => {
    await shop.write('app/templates/odd.yaml', '{{ required "need x" .Values.x }}{{ fail "no way" }}')
    const { code, stderr } = await shop.chartroom('lint', 'app')
    expect(code).toBe(0)
    expect(stderr).toMatch(/need x/)
    expect(stderr).toMatch(/no way/)
  })

  it('lints archives, several charts, and those inside with --with-subcharts', async () => {
    await shop.write('app/charts/sub/Chart.yaml', 'apiVersion: v2\nname: sub\nversion: 0.1.0\n')
    await shop.write('app/charts/sub/templates/bad.yaml', broken)
    await shop.chart('other', '1.0.0')
    await shop.chartroom('package', 'other')
    const linted = await shop.chartroom('lint', 'app', 'other-1.0.0.tgz', '--with-subcharts', '-o', 'json')
    expect(linted.code).toBe(8)
    const { charts } = JSON.parse(linted.stdout) as { charts: { path: string; failed: boolean }[] }
    expect(charts.map(({ path, failed }) => [path, failed])).toEqual([
      ['app', true],
      ['other-1.0.0.tgz', false],
      [join('app', 'charts', 'sub'), true],
    ])
  })

  it('takes the charts of chartroom.yaml when none is named', async () => {
    await shop.write('chartroom.yaml', 'charts: [ap*]\n')
    expect((await shop.chartroom('lint')).stdout).toContain('==> Linting app\n')
    await shop.write('chartroom.yaml', '{}\n')
    expect((await shop.chartroom('lint')).code).toBe(2)
  })

  it.each<[string, string[], number, RegExp]>([
    ['a folder without a chart', ['gone'], 8, /unable to check Chart.yaml|chart\(s\) failed/],
    ['values that cannot be read', ['app', '-f', 'gone.yaml'], 4, /open gone.yaml/],
    ['values that are no map', ['app', '-f', 'app/Chart.yaml,list'], 8, /failed to parse list/],
    ['--set without a value', ['app', '--set', 'a'], 8, /key "a" has no value/],
    ['a Kubernetes version that is none', ['app', '--kube-version', 'x'], 8, /invalid kube version 'x'/],
    ['a format that is none', ['app', '-o', 'xml'], 2, /xml/],
  ])('refuses %s', async (_, args, code, message) => {
    await shop.write('list', '- a\n')
    const ended = await shop.chartroom('lint', ...args)
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(message)])
  })
})

describe('lint for programs', () => {
  it('prints JSON with rules and places', async () => {
    await shop.write('app/templates/odd.yaml', 'metadata: {name: A_B}\n')
    const { charts } = await shop.json(lintedCharts, 'lint', 'app')
    expect(charts).toMatchObject([
      {
        path: 'app',
        failed: false,
        findings: [
          { severity: 'info', path: 'Chart.yaml', message: 'icon is recommended', rule: 'chart-icon' },
          { severity: 'warning', path: 'templates/odd.yaml', rule: 'object-name' },
        ],
      },
    ])
  })

  it('prints SARIF with the line of a template that cannot be rendered', async () => {
    await shop.write('app/templates/bad.yaml', broken)
    const { code, stdout } = await shop.chartroom('lint', 'app', '-o', 'sarif', '--quiet')
    expect(code).toBe(8)
    const { version, runs } = JSON.parse(stdout)
    expect(version).toBe('2.1.0')
    expect(runs[0].results).toMatchObject([
      {
        ruleId: 'template-render',
        level: 'error',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'app/templates/bad.yaml' },
              region: { startLine: 2 },
            },
          },
        ],
      },
    ])
  })

  it('prints annotations for GitHub', async () => {
    await shop.write('app/templates/bad.yaml', broken)
    const { stdout } = await shop.chartroom('lint', 'app', '-o', 'github')
    expect(stdout.split('\n')).toEqual([
      '::notice file=app/Chart.yaml,title=chart-icon::Chart.yaml: icon is recommended',
      expect.stringMatching(
        /^::error file=app\/templates\/bad\.yaml,line=2,col=\d+,title=template-render::.*%0A/,
      ),
      '',
    ])
  })
})

async function serveText(text: string): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    if (request.url === '/values.yaml') response.end(text)
    else response.writeHead(302, { location: '/values.yaml' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = (): Promise<void> => new Promise((resolve) => void server.close(() => resolve()))
  return { url: `http://127.0.0.1:${port}/moved`, close }
}
