import { ChartroomError } from '@chartroom/errors'

export interface TemplateErrorDetails {
  /** The file that was parsed. */
  readonly template: string
  /** From 1. */
  readonly line?: number | undefined
  /** In bytes, from 0, as Go counts. */
  readonly column?: number | undefined
  readonly cause?: unknown
}

/** A template that cannot be parsed or executed. `text` is Go's; `message` is the same without control
 * characters. What a function failed with is the `cause`. */
export class TemplateError extends ChartroomError {
  readonly text: string
  readonly template: string
  readonly line: number | undefined
  readonly column: number | undefined

  constructor(text: string, details: TemplateErrorDetails) {
    super('RENDER_FAILED', text, { cause: details.cause })
    this.text = text
    this.template = details.template
    this.line = details.line
    this.column = details.column
  }
}
