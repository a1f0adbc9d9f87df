import { readMetadata } from '@chartroom/chart'
import { describe, expect, it } from 'vitest'
import type { PresentChart } from './status.ts'
import { statusOf } from './status.ts'

/** `NAME VERSION` in a file or, with a slash behind it, a folder; no chart in it where nothing is said. */
function present(charts: Readonly<Record<string, string>>): PresentChart[] {
  return Object.entries(charts).map(([file, chart]) => {
    const [name = '', version = ''] = chart.split(' ')
    const metadata =
      chart === '' ? undefined : readMetadata(`apiVersion: v2\nname: ${name}\nversion: ${version}\n`)
    return { file: file.replace('/', ''), isFolder: file.endsWith('/'), metadata }
  })
}

describe('statusOf', () => {
  it.each([
    ['app', '^1', {}, 'missing'],
    ['app', '^1', { 'app-1.0.0.tgz': 'app 1.0.0' }, 'ok'],
    ['app', 'v1.0', { 'app-v1.0.tgz': 'app v1.0' }, 'ok'],
    ['app', '^2', { 'app-1.0.0.tgz': 'app 1.0.0' }, 'wrong version'],
    ['app', 'what', { 'app-1.0.0.tgz': 'app 1.0.0' }, 'invalid version'],
    ['app', '^1', { 'app-1.0.0.tgz': '' }, 'corrupt'],
    ['app', '^1', { 'app-extra-1.0.0.tgz': 'app-extra 1.0.0' }, 'misnamed'],
    ['app', '^1', { 'app-1.0.0.tgz': 'app 1.0.0', 'app-1.1.0.tgz': 'app 1.1.0' }, 'too many matches'],
    ['app', '^1', { 'app-1.0.0.tgz': 'app 1.0.0', 'app-extra-1.0.0.tgz': 'app-extra 1.0.0' }, 'ok'],
    ['app', '^1', { 'app-a-1.0.0.tgz': 'app-a 1.0.0', 'app-b-1.0.0.tgz': 'app-b 1.0.0' }, 'missing'],
    ['app', '^1', { 'app/': 'app 1.0.0' }, 'unpacked'],
    ['app', '^1', { 'app.tgz': 'app 1.0.0' }, 'unpacked'],
    ['app', '^2', { 'app/': 'app 1.0.0' }, 'wrong version'],
    ['app', '^1', { '_app/': 'app 1.0.0', '.app/': 'app 1.0.0' }, 'missing'],
    ['a[', '^1', {}, 'bad pattern'],
  ])('%s %s with %o: %s', (name, version, charts, status) => {
    expect(statusOf({ name, version, repository: '@team' }, present(charts))).toBe(status)
  })
})
