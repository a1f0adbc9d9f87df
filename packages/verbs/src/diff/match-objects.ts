import type { RenderedObject } from './rendered-object.ts'

/** An object of one side, and what it has become on the other. At least one is there. */
export interface MatchedObject<T> {
  readonly before: T | undefined
  readonly after: T | undefined
}

/** An object with the text that it is compared by. */
export interface ComparedObject extends RenderedObject {
  readonly normal: string
}

/**
 * Pairs the objects of two renders by API group, kind, namespace and name. Objects that share all of that are
 * paired where they are equal, and the rest in their order. Comes in the order of `after`; what is gone stands
 * where it stood.
 */
export function matchObjects<T extends ComparedObject>(
  before: readonly T[],
  after: readonly T[],
  namespace: string,
): MatchedObject<T>[] {
  const [old, young] = [grouped(before, namespace), grouped(after, namespace)]
  const partners = new Map<T, T>()
  for (const [key, objects] of young) {
    for (const [left, right] of pairs(old.get(key) ?? [], objects)) {
      partners.set(left, right)
      partners.set(right, left)
    }
  }
  return merged(before, after, partners)
}

function grouped<T extends ComparedObject>(objects: readonly T[], namespace: string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const object of objects) {
    const key = identity(object, namespace)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [object])
    else group.push(object)
  }
  return groups
}

/** What names nothing is known by its file alone. */
function identity({ apiVersion, kind, namespace, name, path }: RenderedObject, release: string): string {
  if (kind === '' && name === '') return JSON.stringify([withoutChart(path)])
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  return JSON.stringify([group, kind, namespace ?? release, name])
}

/** Charts may have different names, and their files are compared all the same. */
function withoutChart(path: string): string {
  return path.slice(path.indexOf('/') + 1)
}

function pairs<T extends ComparedObject>(before: readonly T[], after: readonly T[]): [T, T][] {
  const [first] = before
  const [only] = after
  if (first !== undefined && only !== undefined && before.length === 1 && after.length === 1)
    return [[first, only]]
  const found: [T, T][] = []
  const byText = new Map<string, T[]>()
  for (const object of before) byText.set(object.normal, [...(byText.get(object.normal) ?? []), object])
  const changed: T[] = []
  for (const object of after) {
    const equal = byText.get(object.normal)?.shift()
    if (equal === undefined) changed.push(object)
    else found.push([equal, object])
  }
  const equals = new Set(found.map(([left]) => left))
  const rest = before.filter((object) => !equals.has(object))
  for (const [index, object] of changed.entries()) {
    const left = rest[index]
    if (left !== undefined) found.push([left, object])
  }
  return found
}

function merged<T>(
  before: readonly T[],
  after: readonly T[],
  partners: ReadonlyMap<T, T>,
): MatchedObject<T>[] {
  const result: MatchedObject<T>[] = []
  const gone = before[Symbol.iterator]()
  const goneUntil = (partner: T | undefined): void => {
    // Only up to a partner: objects that moved are said where they are now.
    for (let next = gone.next(); next.done !== true; next = gone.next()) {
      if (next.value === partner) return
      if (!partners.has(next.value)) result.push({ before: next.value, after: undefined })
    }
  }
  const passed = positions(before)
  let reached = -1
  for (const object of after) {
    const partner = partners.get(object)
    const position = partner === undefined ? -1 : (passed.get(partner) ?? -1)
    if (position > reached) {
      goneUntil(partner)
      reached = position
    }
    result.push({ before: partner, after: object })
  }
  goneUntil(undefined)
  return result
}

function positions<T>(objects: readonly T[]): Map<T, number> {
  return new Map(objects.map((object, index) => [object, index]))
}
