import type { GoFunction, Value } from '@chartroom/go'
import { quote } from '@chartroom/go'
import { builtins } from './builtins/functions.ts'
import { TemplateError } from './error.ts'
import type { ExecuteOptions } from './machine.ts'
import { Machine } from './machine.ts'
import { ParseFailure } from './parse-failure.ts'
import type { ParsedText, ParsedTree } from './parsed-text.ts'
import { multipleDefinition } from './parsed-tree.ts'
import { parsedText } from './parsed-texts.ts'
import type { Template } from './template.ts'
import { lineOf } from './tree-parser.ts'

export interface TemplateSetOptions {
  /** What errors call the set: the name of Go's template that all others hang on. */
  readonly name?: string
}

/** Templates that may call each other, as Go's `text/template` has them. */
export class TemplateSet {
  readonly name: string
  readonly #functions: ReadonlyMap<string, GoFunction>
  readonly #templates = new Map<string, Template>()
  readonly #under: TemplateSet | undefined

  constructor(
    functions: ReadonlyMap<string, GoFunction>,
    { name = '' }: TemplateSetOptions = {},
    under?: TemplateSet,
  ) {
    this.name = name
    this.#functions = functions
    this.#under = under
  }

  /**
   * Parses a file and what it defines. What is defined later replaces what was defined before, unless it is
   * nothing but space.
   *
   * @returns the file itself, which can be executed even where it replaces nothing
   * @throws TemplateError with the text of Go's parser
   */
  add(name: string, text: string): Template {
    const parsed = parsedText(text)
    const main = this.#checked(name, parsed)
    for (const [defined, tree] of parsed.definitions) {
      if (defined !== name || main.isEmpty) this.#associate({ name: defined, file: name, tree })
    }
    const template = { name, file: name, tree: main }
    this.#associate(template)
    return template
  }

  #checked(name: string, parsed: ParsedText): ParsedTree {
    for (const called of parsed.functions.keys()) {
      if (this.lookUp(called) === undefined) {
        const at = parsed.functions.get(called) ?? 0
        throw new ParseFailure(lineOf(parsed.source, at), `function ${quote(called)} not defined`).in(name)
      }
    }
    const { failure, main, definitions } = parsed
    if (failure !== undefined || main === undefined) throw (failure ?? new ParseFailure(0, '')).in(name)
    const same = definitions.get(name)
    if (same !== undefined && !same.isEmpty && !main.isEmpty) {
      throw new ParseFailure(lineOf(parsed.source, parsed.source.length), multipleDefinition(name)).in(name)
    }
    return main
  }

  #associate(template: Template): void {
    if (!template.tree.isEmpty || !this.has(template.name)) this.#templates.set(template.name, template)
  }

  has(name: string): boolean {
    return this.#templates.has(name) || this.#under?.has(name) === true
  }

  names(): string[] {
    return [...new Set([...(this.#under?.names() ?? []), ...this.#templates.keys()])]
  }

  /** The template of a name. Throws a TemplateError with Go's text where there is none. */
  template(name: string): Template {
    const found = this.#templates.get(name)
    if (found !== undefined) return found
    if (this.#under?.has(name) === true) return this.#under.template(name)
    const text = `template: no template ${quote(name)} associated with template ${quote(this.name)}`
    throw new TemplateError(text, { template: this.name })
  }

  lookUp(name: string): GoFunction | undefined {
    return this.#functions.get(name) ?? builtins.get(name)
  }

  /** A set that sees all of this one, and whose own definitions this one does not see. */
  overlay(): TemplateSet {
    return new TemplateSet(this.#functions, { name: this.name }, this)
  }

  /** @throws TemplateError with Go's text; ChartroomError LIMIT_EXCEEDED beyond the budget */
  execute(template: string | Template, data: Value, options: ExecuteOptions): string {
    const entered = typeof template === 'string' ? this.template(template) : template
    return new Machine(this, options).run(entered, data)
  }
}
