import { describe, expect, it } from 'vitest'
import { packagedFiles } from '../archive/packaged-files.ts'
import { loadChart } from '../load-chart.ts'
import { nodePorts } from '../node/ports.ts'
import { archiveDigestsFile, archiveDigestsYaml, readArchiveDigests } from './archive-digests.ts'

const digest = `sha256:${'a'.repeat(64)}`
const entry = { name: 'app', version: '1.0.0', repository: 'https://example.com', digest }

describe('readArchiveDigests', () => {
  it('reads what archiveDigestsYaml writes', () => {
    const entries = [entry, { ...entry, name: 'other', manifestDigest: digest }]
    expect(readArchiveDigests(archiveDigestsYaml(entries))).toEqual(entries)
    expect(readArchiveDigests(archiveDigestsYaml([]))).toEqual([])
  })

  it.each([
    ['no map', '[]', 'cannot unmarshal array'],
    ['another apiVersion', 'apiVersion: v2', 'its apiVersion is "v2"'],
    ['none', 'dependencies: []', 'its apiVersion is ""'],
    [
      'an entry without a version',
      'apiVersion: v1\ndependencies:\n- {name: a, repository: b}',
      'has a name, version',
    ],
    ['an entry that is none', 'apiVersion: v1\ndependencies: [null]', 'cannot unmarshal null'],
    [
      'a digest that is none',
      `apiVersion: v1\ndependencies:\n- {name: a, version: "1", repository: b, digest: sha256:1}`,
      'the digest of a 1 is no sha256',
    ],
    [
      'a manifest digest that is none',
      `apiVersion: v1\ndependencies:\n- {name: a, version: "1", repository: b, digest: "${digest}", manifestDigest: x}`,
      'the manifestDigest of a 1',
    ],
    ['what is no YAML', 'a: [', 'cannot load Chart.digests.yaml: '],
  ])('refuses %s', (_, yaml, words) => {
    expect(() => readArchiveDigests(yaml)).toThrow(words)
  })
})

describe('Chart.digests.yaml', () => {
  it('is not packaged, nor that of a subchart, nor what a killed run left', () => {
    const file = (name: string, text: string): { name: string; data: Uint8Array } => ({
      name,
      data: new TextEncoder().encode(text),
    })
    const chart = loadChart(
      [
        file('Chart.yaml', 'apiVersion: v2\nname: app\nversion: 1.0.0\n'),
        file(archiveDigestsFile, archiveDigestsYaml([entry])),
        file(`docs/${archiveDigestsFile}`, 'about it'),
        file('tmpcharts-chartroom/next/a-1.0.0.tgz', 'a'),
        file('tmpcharts-chartroom.lock', '1 host'),
        file('charts/sub/Chart.yaml', 'apiVersion: v1\nname: sub\nversion: 1.0.0\n'),
        file(`charts/sub/${archiveDigestsFile}`, archiveDigestsYaml([entry])),
      ],
      nodePorts,
    )
    expect(packagedFiles(chart).map(({ name }) => name)).toEqual([
      'app/Chart.yaml',
      'app/charts/sub/Chart.yaml',
      `app/docs/${archiveDigestsFile}`,
    ])
  })
})
