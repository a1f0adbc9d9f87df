import type { TemplatePorts } from '../ports.ts'
import { sprigFunctions } from '../sprig/index.ts'
import { Budget, TemplateSet } from '../text/index.ts'

/** The release's name that `--name-template` makes, with Sprig's functions and no data. */
export function nameFromTemplate(text: string, ports: TemplatePorts): string {
  const set = new TemplateSet(sprigFunctions(ports), { name: 'name-template' })
  set.add('name-template', text)
  return set.execute('name-template', null, { missingKey: 'default', budget: new Budget() })
}
