import type { Mark } from './reader.ts'

/** A text that go-yaml does not read; the message is its own: `line 2: did not find expected key`. */
export class YamlSyntaxError extends Error {
  override readonly name = 'YamlSyntaxError'
}

/** An error of the scanner: go-yaml counts its lines from one, but names no first line. */
export function scanError(problem: string, at: Mark, context: Mark): YamlSyntaxError {
  return located(problem, at.line === 0 ? context.line : at.line + 1)
}

/** An error of the parser: go-yaml counts its lines from zero, and names no first line. */
export function parseError(problem: string, at: Mark, context?: Mark): YamlSyntaxError {
  return located(problem, at.line === 0 ? (context?.line ?? 0) : at.line)
}

function located(problem: string, line: number): YamlSyntaxError {
  return new YamlSyntaxError(line === 0 ? problem : `line ${line}: ${problem}`)
}
