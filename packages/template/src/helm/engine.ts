import type { GoFunction, ValueMap } from '@chartroom/go'
import { compareBytes } from '@chartroom/go'
import type { TemplatePorts } from '../ports.ts'
import { sprigFunctions } from '../sprig/index.ts'
import type { Budget, ExecuteOptions } from '../text/index.ts'
import { TemplateError, TemplateSet } from '../text/index.ts'
import { renderError } from './error.ts'
import { executionErrorText, parseErrorText } from './error-text.ts'
import { helmFunctions } from './functions/functions.ts'
import { rootName, Run } from './functions/run.ts'
import { ChartValues } from './values/chart-values.ts'

/** A file of `templates/` with what it is given. */
export interface Renderable {
  /** `chart/templates/file.yaml`. */
  readonly path: string
  readonly text: string
  readonly basePath: string
  /** The dot: `Values`, `Chart`, `Release` ...; shared by the files of one chart. */
  readonly data: ValueMap
}

export interface EngineOptions {
  readonly ports: TemplatePorts
  readonly budget: Budget
  /** A missing key is an error. */
  readonly strict?: boolean | undefined
  /** `required` and `fail` do not fail, as in `helm lint`; what they would say goes here. */
  readonly lint?: ((message: string) => void) | undefined
  /** Whether `getHostByName` may ask. */
  readonly enableDns?: boolean | undefined
}

/**
 * Executes all templates but partials, in Helm's order: all are parsed first, deep ones before shallow ones, so
 * that a parent's definitions win. Throws `RENDER_FAILED` in Helm's words.
 */
export function renderTemplates(
  renderables: readonly Renderable[],
  options: EngineOptions,
): Map<string, string> {
  const ordered = inOrder(renderables)
  const set = new TemplateSet(allFunctions(options), { name: rootName })
  for (const { path, text } of ordered) parse(set, path, text)
  const execution: ExecuteOptions = {
    functions: new Run().functionsFor(set),
    missingKey: options.strict === true ? 'error' : 'zero',
    budget: options.budget,
  }
  const rendered = new Map<string, string>()
  for (const one of ordered) {
    if (one.path.startsWith('_', one.path.lastIndexOf('/') + 1)) continue
    rendered.set(one.path, execute(set, one, execution))
  }
  return rendered
}

function allFunctions(options: EngineOptions): ReadonlyMap<string, GoFunction> {
  const functions = new Map(sprigFunctions(options.ports))
  // They would show the environment of whoever renders.
  functions.delete('env')
  functions.delete('expandenv')
  for (const [name, one] of helmFunctions(options)) functions.set(name, one)
  return functions
}

/** The deepest first, then by name from the end; turned round in the end, because they come by name. */
function inOrder(renderables: readonly Renderable[]): Renderable[] {
  return renderables
    .map((one) => ({ one, depth: one.path.split('/').length }))
    .sort((a, b) => a.depth - b.depth || compareBytes(a.one.path, b.one.path))
    .reverse()
    .map(({ one }) => one)
}

function parse(set: TemplateSet, path: string, text: string): void {
  try {
    set.add(path, text)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw renderError(parseErrorText(path, error.text), { cause: error })
  }
}

function execute(set: TemplateSet, { path, basePath, data }: Renderable, execution: ExecuteOptions): string {
  data.set(
    'Template',
    new ChartValues([
      ['Name', path],
      ['BasePath', basePath],
    ]),
  )
  try {
    return set.execute(path, data, execution).replaceAll('<no value>', '')
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw renderError(executionErrorText(path, chainOf(error)), { cause: error })
  }
}

function chainOf(error: unknown): string[] {
  const messages: string[] = []
  for (let one = error; one instanceof Error; one = one.cause) {
    messages.push(one instanceof TemplateError ? one.text : one.message)
  }
  return messages
}
