import { TemplateError } from './error.ts'

/** Why a text is no template. The name of the file is put in late, so that files of the same text share it. */
export class ParseFailure extends Error {
  readonly line: number
  /** Where an unclosed action began: what stands before the place, and its line. */
  readonly started: readonly [prefix: string, line: number] | undefined

  constructor(line: number, text: string, started?: readonly [string, number]) {
    super(text)
    this.line = line
    this.started = started
  }

  /** The error of one file. */
  in(template: string): TemplateError {
    const { line, started } = this
    const where = started === undefined ? '' : `${started[0]} started at ${template}:${started[1]}`
    return new TemplateError(`template: ${template}:${line}: ${this.message}${where}`, { template, line })
  }
}
