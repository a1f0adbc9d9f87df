import type { Answer, Reply } from './message.ts'

/** The answer, or what `failed` makes of an error thrown at once or later. */
export function guarded(answer: () => Answer, failed: (error: unknown) => Reply): Answer {
  try {
    // An answer that is ready at once stays so: one promise more is a tenth of the time of a small GET.
    const reply = answer()
    return reply instanceof Promise ? reply.catch(failed) : reply
  } catch (error) {
    return failed(error)
  }
}
