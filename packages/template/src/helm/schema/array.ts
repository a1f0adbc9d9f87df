import type { Value } from '@chartroom/go'
import { duplicates } from './compare.ts'
import type { Failure } from './failure.ts'
import type { SchemaNode } from './node.ts'
import { numberText } from './number-text.ts'
import type { Check } from './validate.ts'

export function validateArray(check: Check, list: readonly Value[]): void {
  const { minItems, maxItems, uniqueItems, contains } = check.node.array
  if (minItems !== undefined && list.length < minItems) {
    check.fail(`minItems: got ${numberText(list.length)}, want ${numberText(minItems)}`)
  }
  if (maxItems !== undefined && list.length > maxItems) {
    check.fail(`maxItems: got ${numberText(list.length)}, want ${numberText(maxItems)}`)
  }
  const equal = uniqueItems ? duplicates(list) : undefined
  if (equal !== undefined) {
    check.fail(`items at ${numberText(equal[0])} and ${numberText(equal[1])} are equal`)
  }
  validateItems(check, list)
  if (contains !== undefined) validateContains(check, list, contains)
}

function validateItems(check: Check, list: readonly Value[]): void {
  const { first, rest } = check.node.array
  const start = Math.min(first.length, list.length)
  for (const [index, node] of first.slice(0, start).entries()) {
    check.add(check.below(node, list[index], String(index)))
  }
  if (rest === false && start < list.length) {
    check.fail(`last ${numberText(list.length - start)} additionalItem(s) not allowed`)
  }
  if (rest === undefined || typeof rest === 'boolean') return
  // After a list of schemas the library counts from the first of the others.
  for (const [index, item] of list.slice(start).entries()) check.add(check.below(rest, item, String(index)))
}

function validateContains(check: Check, list: readonly Value[], contains: SchemaNode): void {
  const { minContains, maxContains } = check.node.array
  const causes: Failure[] = []
  const matched: number[] = []
  for (const [index, item] of list.entries()) {
    const failed = check.below(contains, item, String(index))
    if (failed !== undefined) causes.push(failed)
    else matched.push(index)
    if (failed === undefined && check.node.draft >= 2020) check.unevaluated.items.delete(index)
  }
  const found = `matched ${numberText(matched.length)} items at ${matched.join(' ')}`
  if (minContains === undefined && matched.length === 0) check.fail('no items match contains schema', causes)
  if (minContains !== undefined && matched.length < minContains) {
    const but = matched.length === 0 ? 'none matched' : found
    check.fail(`min ${numberText(minContains)} items required to match contains schema, but ${but}`, causes)
  }
  if (maxContains !== undefined && matched.length > maxContains) {
    check.fail(`max ${numberText(maxContains)} items required to match contains schema, but ${found}`)
  }
}
