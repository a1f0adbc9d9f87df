import type { Failure } from './failure.ts'
import type { Check } from './validate.ts'

export function validateConditions(check: Check): void {
  const { not, allOf, condition } = check.node
  if (not !== undefined && check.self(not) === undefined) check.fail("'not' failed")
  const failures = allOf.map((node) => check.self(node)).filter((one) => one !== undefined)
  if (failures.length > 0) check.fail("'allOf' failed", failures)
  validateAny(check)
  validateOne(check)
  if (condition === undefined) return
  const branch = check.self(condition.test) === undefined ? condition.passed : condition.failed
  if (branch !== undefined) check.add(check.self(branch))
}

function validateAny(check: Check): void {
  const { anyOf } = check.node
  if (anyOf.length === 0) return
  const failures: Failure[] = []
  let matched = false
  for (const node of anyOf) {
    const failed = check.self(node)
    if (failed !== undefined) failures.push(failed)
    else matched = true
    // What is unevaluated needs all of them looked at.
    if (matched && check.unevaluated.properties.size === 0 && check.unevaluated.items.size === 0) return
  }
  if (!matched) check.fail("'anyOf' failed", failures)
}

function validateOne(check: Check): void {
  const { oneOf } = check.node
  if (oneOf.length === 0) return
  const failures: Failure[] = []
  let matched: number | undefined
  for (const [index, node] of oneOf.entries()) {
    const failed = check.self(node)
    if (failed !== undefined) {
      failures.push(failed)
    } else if (matched === undefined) {
      matched = index
    } else {
      check.fail(`'oneOf' failed, subschemas ${matched}, ${index} matched`)
      return
    }
  }
  if (matched === undefined) check.fail("'oneOf' failed, none matched", failures)
}

export function validateUnevaluated(check: Check): void {
  const { value, unevaluated, node } = check
  const { unevaluatedProperties } = node.object
  const { unevaluatedItems } = node.array
  if (value instanceof Map && unevaluatedProperties !== undefined) {
    for (const name of unevaluated.properties) {
      if (value.has(name)) check.add(check.below(unevaluatedProperties, value.get(name), name))
    }
    unevaluated.properties.clear()
  }
  if (Array.isArray(value) && unevaluatedItems !== undefined) {
    for (const index of unevaluated.items)
      check.add(check.below(unevaluatedItems, value[index], String(index)))
    unevaluated.items.clear()
  }
}
