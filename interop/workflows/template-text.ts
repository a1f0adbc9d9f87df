import type { Scope } from './expression.ts'
import { text } from './expression.ts'
import { Expression } from './workflow.ts'

/** Evaluates each `${{ }}` in a text, as in the defaults of an action's inputs. */
export function evaluateText(template: string, scope: Scope): string {
  return template.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    text(new Expression(expression.trim()), scope),
  )
}
