import { ChartroomError } from '@chartroom/errors'
import type { StoreLimits } from './limits.ts'
import type { StorePaths } from './path.ts'
import type { Algorithm } from './upload.ts'
import { Upload } from './upload.ts'
import type { Writer } from './writer.ts'

interface SessionsOptions {
  readonly paths: StorePaths
  readonly writer: Writer
  readonly limits: StoreLimits
}

/** The uploads under way in this process. One that is silent for long ends by itself. */
export class Sessions {
  readonly #options: SessionsOptions
  readonly #open = new Map<string, { upload: Upload; timer: NodeJS.Timeout }>()

  constructor(options: SessionsOptions) {
    this.#options = options
  }

  /** Throws `RATE_LIMITED` when there are too many. */
  start(repository: string, algorithm: Algorithm = 'sha256'): Upload {
    const { uploads, uploadIdleMs } = this.#options.limits
    if (this.#open.size >= uploads) {
      throw new ChartroomError('RATE_LIMITED', `${uploads} uploads are under way already`, {
        hint: 'Try again when some of them have ended.',
      })
    }
    const upload = new Upload({ ...this.#options, repository, algorithm, onEnd: (id) => this.#forget(id) })
    const timer = setTimeout(() => void upload.cancel(), uploadIdleMs)
    timer.unref()
    this.#open.set(upload.id, { upload, timer })
    return upload
  }

  /** Undefined for a session that is unknown, over, or of another repository. */
  find(repository: string, id: string): Upload | undefined {
    const session = this.#open.get(id)
    if (session?.upload.repository !== repository) return undefined
    session.timer.refresh()
    return session.upload
  }

  async cancelAll(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ upload }) => upload.cancel()))
  }

  #forget(id: string): void {
    clearTimeout(this.#open.get(id)?.timer)
    this.#open.delete(id)
  }
}
