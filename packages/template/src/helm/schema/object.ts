import type { Value, ValueMap } from '@chartroom/go'
import { quoted, quotedList } from './failure.ts'
import { numberText } from './number-text.ts'
import type { Check } from './validate.ts'

export function validateObject(check: Check, object: ValueMap): void {
  const { minProperties, maxProperties, required } = check.node.object
  const count = object.size
  if (minProperties !== undefined && count < minProperties) {
    check.fail(`minProperties: got ${numberText(count)}, want ${numberText(minProperties)}`)
  }
  if (maxProperties !== undefined && count > maxProperties) {
    check.fail(`maxProperties: got ${numberText(count)}, want ${numberText(maxProperties)}`)
  }
  const missing = required.filter((name) => !object.has(name))
  if (missing.length > 0) {
    check.fail(`missing propert${missing.length === 1 ? 'y' : 'ies'} ${quotedList(missing)}`)
  }
  validateDependencies(check, object)
  validateProperties(check, object)
  if (check.node.draft === 4) return
  validateNames(check, object)
  validateDependent(check, object)
}

function validateDependencies(check: Check, object: ValueMap): void {
  for (const [name, dependency] of check.node.object.dependencies) {
    if (!object.has(name)) continue
    if (Array.isArray(dependency)) requireWith(check, object, { name, wanted: dependency })
    else if ('location' in dependency) check.add(check.self(dependency))
  }
}

function requireWith(
  check: Check,
  object: ValueMap,
  { name, wanted }: { name: string; wanted: readonly string[] },
): void {
  const missing = wanted.filter((one) => !object.has(one))
  if (missing.length > 0) check.fail(`properties ${quotedList(missing)} required, if ${quoted(name)} exists`)
}

function validateProperties(check: Check, object: ValueMap): void {
  const refused: string[] = []
  for (const [name, value] of object) {
    const evaluated = validateProperty(check, name, value)
    if (evaluated) check.unevaluated.properties.delete(name)
    else if (check.node.object.additionalProperties === false) refused.push(name)
  }
  if (refused.length > 0) check.fail(`additional properties ${quotedList(refused)} not allowed`)
}

function validateProperty(check: Check, name: string, value: Value): boolean {
  const { properties, patternProperties, additionalProperties } = check.node.object
  const nodes = patternProperties.filter(([regexp]) => regexp.matches(name)).map(([, node]) => node)
  const own = properties.get(name)
  if (own !== undefined) nodes.unshift(own)
  for (const node of nodes) check.add(check.below(node, value, name))
  if (nodes.length > 0 || additionalProperties === undefined) return nodes.length > 0
  if (typeof additionalProperties === 'boolean') return additionalProperties
  check.add(check.below(additionalProperties, value, name))
  return true
}

function validateNames(check: Check, object: ValueMap): void {
  const { propertyNames } = check.node.object
  if (propertyNames === undefined) return
  for (const name of object.keys()) {
    const failed = check.name(propertyNames, name)
    if (failed === undefined) continue
    const causes = failed.kind === 'group' ? failed.causes : [failed]
    check.add({ at: [], kind: 'keyword', text: `invalid propertyName ${quoted(name)}`, causes })
  }
}

function validateDependent(check: Check, object: ValueMap): void {
  const { dependentRequired, dependentSchemas } = check.node.object
  for (const [name, node] of dependentSchemas) if (object.has(name)) check.add(check.self(node))
  for (const [name, wanted] of dependentRequired) {
    if (object.has(name)) requireWith(check, object, { name, wanted })
  }
}
