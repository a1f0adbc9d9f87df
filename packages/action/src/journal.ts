import type { Hidden } from './hidden.ts'
import type { Level, Place } from './workflow-command.ts'
import { annotation, groupEnd, groupStart, mask, plainText } from './workflow-command.ts'

/** What a run says in the log of its step. All of it passes {@link Hidden}. */
export class Journal {
  readonly #hidden: Hidden
  readonly #write: (text: string) => void

  constructor(hidden: Hidden, write: (text: string) => void) {
    this.#hidden = hidden
    this.#write = write
  }

  /** To be said first: the runner hides what it was told of, and only from then on. */
  maskAll(): void {
    for (const text of this.#hidden.all()) this.#write(mask(text))
  }

  text(text: string): void {
    this.#write(plainText(this.#hidden.in(text)))
  }

  annotate(level: Level, message: string, place?: Place): void {
    this.#write(this.#hidden.in(annotation(level, message, place)))
  }

  /** Commands that another package has made and escaped, such as annotations of lint. */
  commands(lines: string): void {
    this.#write(this.#hidden.in(lines))
  }

  /** Folds what `work` says. */
  async group<T>(title: string, work: () => Promise<T>): Promise<T> {
    this.#write(this.#hidden.in(groupStart(title)))
    try {
      return await work()
    } finally {
      this.#write(groupEnd())
    }
  }
}
