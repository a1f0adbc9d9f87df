import { ChartroomError } from '@chartroom/errors'

/** The values of a command's flags: from the command line, else from `CHARTROOM_...`. */
export class Flags {
  readonly #values: Readonly<Record<string, unknown>>

  /** `values` by flag name in camel case, as commander gives them. */
  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values
  }

  text(name: string): string | undefined {
    const value = this.#values[camelCase(name)]
    return typeof value === 'string' ? value : undefined
  }

  /** Undefined when the flag was not given: a default may depend on other things. */
  optional(name: string): boolean | undefined {
    const value = this.#values[camelCase(name)]
    if (typeof value === 'boolean') return value
    if (typeof value !== 'string') return undefined
    return booleanOf(name, value)
  }

  has(name: string): boolean {
    return this.optional(name) ?? false
  }

  list(name: string): string[] {
    const value = this.#values[camelCase(name)]
    if (Array.isArray(value)) return value.map(String)
    return typeof value === 'string' ? value.split(',') : []
  }

  number(name: string): number | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const value = Number(text)
    if (Number.isSafeInteger(value) && value > 0) return value
    throw new ChartroomError('USAGE', `--${name} takes a positive whole number, not ${text}`)
  }
}

/** pflag's spellings of a boolean. */
export function booleanOf(name: string, text: string): boolean {
  if (/^(1|t|true)$/i.test(text)) return true
  if (/^(0|f|false)$/i.test(text)) return false
  throw new ChartroomError('USAGE', `--${name} takes true or false, not ${text}`)
}

function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
