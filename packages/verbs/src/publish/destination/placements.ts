/**
 * Which repository of a registry has each blob, or is getting it, in this run: another repository of the same
 * registry then mounts it from there instead of receiving it again.
 */
export class Placements {
  readonly #known = new Map<string, Promise<string | undefined>>()

  /** Places a blob by `send`, told where to mount it from when another repository had it first. */
  async place(blob: PlacedBlob, send: (mountFrom: string | undefined) => Promise<void>): Promise<void> {
    const key = `${blob.host} ${blob.digest}`
    const before = this.#known.get(key)
    if (before !== undefined) {
      const from = await before
      return send(from === blob.repository ? undefined : from)
    }
    const sending = send(undefined)
    // Whoever sends it reports why it failed; the others only learn that there is nothing to mount.
    this.#known.set(
      key,
      sending.then(
        () => blob.repository,
        () => undefined,
      ),
    )
    return sending
  }
}

export interface PlacedBlob {
  readonly host: string
  readonly repository: string
  readonly digest: string
}
