import { describe, expect, it } from 'vitest'
import type { Finding } from '../finding.ts'
import { githubReport } from './github.ts'
import type { LintedChart } from './linted-chart.ts'
import { sarifReport } from './sarif.ts'
import { summary, textReport } from './text.ts'

const note: Finding = {
  severity: 'info',
  path: 'Chart.yaml',
  message: 'icon is recommended',
  rule: 'chart-icon',
}
const render: Finding = {
  severity: 'error',
  path: 'templates/',
  message: 'c/templates/a.yaml:3:7\n  executing: 100%, "x"\r\n',
  rule: 'template-render',
  place: { path: 'templates/a.yaml', line: 3, column: 8 },
}
const loose: Finding = { severity: 'error', path: '', message: 'unable to load chart', rule: 'chart-load' }
const absent: Finding = {
  severity: 'warning',
  path: '/work/c',
  message: 'chart directory is missing these dependencies: s',
  rule: 'dependency-present',
}

const bad: LintedChart = chart('./c', [note, render, absent], { failed: true })
const good: LintedChart = chart('charts/good', [note])
const unreadable: LintedChart = { ...chart('gone', [], { failed: true }), unreadable: 'no Chart.yaml' }

function chart(path: string, findings: Finding[], { failed = false } = {}): LintedChart {
  return { path, location: path.replace('./', ''), findings, failed }
}

describe('textReport', () => {
  it('prints what helm prints', () => {
    expect(textReport([bad, good, unreadable], false)).toBe(
      '==> Linting ./c\n' +
        '[INFO] Chart.yaml: icon is recommended\n' +
        '[ERROR] templates/: c/templates/a.yaml:3:7\n  executing: 100%, "x"\n\n' +
        '[WARNING] /work/c: chart directory is missing these dependencies: s\n\n' +
        '==> Linting charts/good\n[INFO] Chart.yaml: icon is recommended\n\n' +
        '==> Linting gone\nError no Chart.yaml\n\n',
    )
  })

  it('leaves out notes and charts without a warning when quiet', () => {
    const text = textReport([bad, good], true)
    expect(text).not.toContain('INFO')
    expect(text).not.toContain('good')
  })

  it('lets no control character through', () => {
    const hostile = { ...note, message: 'a\u001b[2Jb' }
    expect(textReport([chart('c', [hostile])], false)).toContain('a[2Jb')
  })

  it('sums up', () => {
    expect(summary([bad, good, unreadable])).toBe('3 chart(s) linted, 2 chart(s) failed')
  })
})

describe('githubReport', () => {
  it.each<[string, LintedChart, string]>([
    [
      'a note',
      good,
      '::notice file=charts/good/Chart.yaml,title=chart-icon::Chart.yaml: icon is recommended\n',
    ],
    [
      'a place, and line ends and percent signs as the runner wants them',
      chart('c', [render]),
      '::error file=c/templates/a.yaml,line=3,col=8,title=template-render::' +
        'templates/: c/templates/a.yaml:3:7%0A  executing: 100%25, "x"\n',
    ],
    [
      'no file but Chart.yaml',
      chart('c', [loose]),
      '::error file=c/Chart.yaml,title=chart-load::unable to load chart\n',
    ],
    [
      'a path with commas and colons',
      chart('a,b:c%', [note]),
      '::notice file=a%2Cb%3Ac%25/Chart.yaml,title=chart-icon::Chart.yaml: icon is recommended\n',
    ],
    [
      'an archive',
      chart('c-1.0.0.tgz', [note]),
      '::notice file=c-1.0.0.tgz,title=chart-icon::Chart.yaml: icon is recommended\n',
    ],
    [
      'a chart that is not there',
      unreadable,
      '::error file=gone/Chart.yaml,title=chart-load::no Chart.yaml\n',
    ],
  ])('makes a workflow command of %s', (_, given, expected) => {
    expect(githubReport([given])).toBe(expected)
  })
})

describe('sarifReport', () => {
  const log = sarifReport([bad, good, unreadable], '1.2.3')
  const [run] = log.runs

  it('has what SARIF 2.1.0 requires', () => {
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0') })
    expect(run.tool.driver).toMatchObject({ name: 'chartroom', version: '1.2.3' })
    for (const { message, level, locations } of run.results) {
      expect(message.text).not.toBe('')
      expect(['error', 'warning', 'note']).toContain(level)
      expect(locations).toHaveLength(1)
    }
  })

  it('describes each rule it names once, and points at it', () => {
    const { rules } = run.tool.driver
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
    for (const { ruleId, ruleIndex } of run.results) expect(rules[ruleIndex]?.id).toBe(ruleId)
  })

  it('gives severities, places and files', () => {
    const shown = run.results.map(({ level, locations: [{ physicalLocation }] }) => [level, physicalLocation])
    expect(shown).toEqual([
      ['note', { artifactLocation: { uri: 'c/Chart.yaml' } }],
      [
        'error',
        { artifactLocation: { uri: 'c/templates/a.yaml' }, region: { startLine: 3, startColumn: 8 } },
      ],
      ['warning', { artifactLocation: { uri: 'c/Chart.yaml' } }],
      ['note', { artifactLocation: { uri: 'charts/good/Chart.yaml' } }],
      ['error', { artifactLocation: { uri: 'gone/Chart.yaml' } }],
    ])
  })

  it.each([
    ['a b/ü#?', 'a%20b/%C3%BC%23%3F/Chart.yaml'],
    ['/abs/c', 'file:///abs/c/Chart.yaml'],
    ['C:/charts/c', 'file:///C:/charts/c/Chart.yaml'],
  ])('writes the folder %s as a URI', (path, uri) => {
    const [only] = sarifReport([chart(path, [note])], '1').runs[0].results
    expect(only?.locations[0].physicalLocation.artifactLocation.uri).toBe(uri)
  })

  it('is valid without a finding', () => {
    expect(sarifReport([], '1').runs[0]).toMatchObject({ results: [], tool: { driver: { rules: [] } } })
  })
})
