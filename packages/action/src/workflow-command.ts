import { printable } from '@chartroom/errors'

export type Level = 'error' | 'notice' | 'warning'

/** Where an annotation is shown. */
export interface Place {
  /** Relative to the workspace, with `/`. */
  readonly file?: string | undefined
  readonly line?: number | undefined
  readonly title?: string | undefined
}

/** A line that the runner shows as an annotation (GitHub, workflow commands). */
export function annotation(level: Level, message: string, place: Place = {}): string {
  const properties = Object.entries(place)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapedProperty(String(value))}`)
    .join(',')
  return command(properties === '' ? level : `${level} ${properties}`, message)
}

export function groupStart(title: string): string {
  return command('group', title)
}

export function groupEnd(): string {
  return command('endgroup', '')
}

/** Makes the runner print stars for a value. */
export function mask(value: string): string {
  return `::add-mask::${escapedData(value)}\n`
}

/**
 * Lines for a reader, in which the runner finds no command: it takes a line that begins with `::`, and `##[`
 * anywhere in one.
 */
export function plainText(text: string): string {
  return text
    .split(/\r\n|[\r\n]/)
    .map(
      (line) =>
        `${printable(line)
          .replace(/^(\s*)::/, '$1: :')
          .replaceAll('##[', '## [')}\n`,
    )
    .join('')
}

function command(head: string, data: string): string {
  return `::${head}::${escapedData(printable(data).replaceAll('##[', '## ['))}\n`
}

/** The runner reads a command to the end of its line, and turns these back. */
export function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapedProperty(text: string): string {
  return escapedData(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
