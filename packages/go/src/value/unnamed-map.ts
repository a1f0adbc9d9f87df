import type { Value, ValueMap } from './value.ts'

/**
 * A map without the name of its type: Go converts a `common.Values` to the `map[string]interface {}` of a
 * parameter, and both are the same map.
 */
export class UnnamedMap extends Map<string, Value> {
  readonly #named: ValueMap

  constructor(named: ValueMap) {
    super()
    this.#named = named
  }

  override get size(): number {
    return this.#named.size
  }

  override get(key: string): Value {
    return this.#named.get(key)
  }

  override has(key: string): boolean {
    return this.#named.has(key)
  }

  override set(key: string, value: Value): this {
    this.#named.set(key, value)
    return this
  }

  override delete(key: string): boolean {
    return this.#named.delete(key)
  }

  override clear(): void {
    this.#named.clear()
  }

  override keys(): MapIterator<string> {
    return this.#named.keys()
  }

  override values(): MapIterator<Value> {
    return this.#named.values()
  }

  override entries(): MapIterator<[string, Value]> {
    return this.#named.entries()
  }

  override forEach(callback: (value: Value, key: string, map: ValueMap) => void): void {
    for (const [key, value] of this.#named) callback(value, key, this)
  }

  override [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.#named[Symbol.iterator]()
  }
}
