import type { GoldenCase } from '../../../packages/template/test/golden-case.ts'
import { Random } from './random.ts'
import { randomChart } from './random-chart.ts'
import { randomConstraint, randomVersion } from './random-constraint.ts'
import { randomFormat } from './random-format.ts'
import { randomSchema } from './random-schema.ts'
import { RandomTemplate } from './random-template.ts'
import { randomDot } from './random-value.ts'
import { randomYaml } from './random-yaml.ts'

export function templateOf(seed: number): GoldenCase {
  const random = new Random(seed)
  const missingkey = random.pick(['default', 'default', 'zero', 'error'] as const)
  return {
    engine: 'text',
    missingkey,
    values: randomDot(random, { isPlain: false }),
    template: new RandomTemplate(random).text(),
  }
}

/** The dot of such a template is a value, as no test wants to see the address of `.Capabilities`. */
export function chartTemplateOf(seed: number): GoldenCase {
  const random = new Random(seed)
  const dot = randomDot(random, { isPlain: true })
  const body = new RandomTemplate(random)
  if (random.chance(0.5)) {
    const template = '{{ tpl .Values.text .Values.dot }}'
    return { engine: 'helm', values: { dot, text: body.text() }, template }
  }
  const files = { 'templates/_h.tpl': `{{ define "h" }}${body.part()}{{ end }}` }
  return { engine: 'helm', values: { dot }, files, template: '{{ include "h" .Values.dot }}' }
}

export function yamlOf(seed: number): GoldenCase {
  return { engine: 'yaml', template: randomYaml(new Random(seed)) }
}

export function constraintOf(seed: number): GoldenCase {
  const random = new Random(seed)
  const template = randomConstraint(random)
  return { engine: 'constraint', template, versions: random.list(10, () => randomVersion(random, false)) }
}

export function chartOf(seed: number): GoldenCase {
  return randomChart(new Random(seed))
}

export function formatOf(seed: number): GoldenCase {
  return randomFormat(new Random(seed))
}

export function schemaOf(seed: number): GoldenCase {
  return randomSchema(new Random(seed))
}
