// Sums the counts of vitest's JSON reports into the line that ends a CI run.
import { existsSync, readFileSync } from 'node:fs'

const reports = process.argv.slice(2)
const missing = reports.filter((path) => !existsSync(path))
const counts = { passed: 0, failed: missing.length, skipped: 0 }
for (const path of reports.filter((path) => !missing.includes(path))) {
  const report = JSON.parse(readFileSync(path, 'utf8'))
  counts.passed += report.numPassedTests
  // A file that does not load fails as a suite, without a failed test.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  counts.failed += report.numFailedTests + broken.length
  counts.skipped += report.numPendingTests + (report.numTodoTests ?? 0)
}
for (const path of missing) process.stdout.write(`No results in ${path}\n`)
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
process.exitCode = counts.failed === 0 ? 0 : 1
