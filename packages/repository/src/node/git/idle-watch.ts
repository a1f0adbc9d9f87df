export interface IdleWatchOptions {
  readonly idleTimeout: number
  readonly progress?: (() => Promise<number>) | undefined
}

export interface IdleWatch {
  /** Something came. */
  alive(): void
  end(): void
}

/** Calls `onIdle` once nothing has come for the time, and what `progress` gives has not grown either. */
export function idleWatch({ idleTimeout, progress }: IdleWatchOptions, onIdle: () => void): IdleWatch {
  let before = 0
  let ended = false
  const expired = async (): Promise<void> => {
    const now = await progress?.()
    if (ended) return
    if (now === undefined || now <= before) {
      onIdle()
      return
    }
    before = now
    timer.refresh()
  }
  const timer = setTimeout(() => {
    expired().catch(onIdle)
  }, idleTimeout)
  return {
    alive: () => timer.refresh(),
    end() {
      ended = true
      clearTimeout(timer)
    },
  }
}
