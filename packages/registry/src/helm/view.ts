import { limits } from '../limits.ts'

/** Parts of a whole that were put together, by what is in them; forgotten when the whole changes. */
export class Views<T extends object> {
  #known = new Map<string, T | Promise<T>>()

  /** At once where it was put together before. */
  get(key: string, make: () => Promise<T>): T | Promise<T> {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    // What is made of the whole as it is now is not kept past its next change.
    const current = this.#known
    const making = make().then(
      (view) => {
        if (current.has(key)) current.set(key, view)
        return view
      },
      (error: unknown) => {
        current.delete(key)
        throw error
      },
    )
    current.set(key, making)
    const [oldest] = current.keys()
    if (current.size > limits.namespaceViews && oldest !== undefined) current.delete(oldest)
    return making
  }

  clear(): void {
    this.#known = new Map()
  }
}
