import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('counts.mjs', import.meta.url))
const passed = { status: 'passed', assertionResults: [{}] }

it.each([
  [
    'sums what passed and was skipped',
    [report(3, 0, [passed]), report(4, 0, [passed])],
    '7 passed, 0 failed, 2 skipped',
    0,
  ],
  ['fails with a failed test', [report(3, 1, [passed])], '3 passed, 1 failed, 1 skipped', 1],
  [
    'counts a file that does not load',
    [report(0, 0, [{ status: 'failed', assertionResults: [] }])],
    '0 passed, 1 failed, 1 skipped',
    1,
  ],
  ['counts a run without results', [undefined], '0 passed, 1 failed, 0 skipped', 1],
])('the closing line of a CI run %s', (_, reports, line, code) => {
  const folder = mkdtempSync(join(tmpdir(), 'chartroom-counts-'))
  const paths = reports.map((value, index) => {
    const path = join(folder, `${index}.json`)
    if (value !== undefined) writeFileSync(path, JSON.stringify(value))
    return path
  })
  const { status, stdout } = spawnSync(process.execPath, [script, ...paths], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  expect({ status, line: stdout.trim().split('\n').at(-1) }).toEqual({ status: code, line })
})

function report(numPassedTests: number, numFailedTests: number, testResults: readonly object[]): object {
  return { numPassedTests, numFailedTests, numPendingTests: 1, numTodoTests: 0, testResults }
}
