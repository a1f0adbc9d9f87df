import type { Finding } from './finding.ts'
import { ok, warning } from './finding.ts'
import type { Ping } from './registry.ts'

/** Seconds from which tokens and signatures of clouds begin to fail. */
const tolerated = 120

/** Whether the clock here and that of the registry agree; undefined where it does not say its time. */
export function checkClock({ answer, at }: Pick<Ping, 'answer' | 'at'>): Finding | undefined {
  const theirs = Date.parse(answer?.headers.date ?? '')
  if (Number.isNaN(theirs)) return undefined
  const seconds = Math.round((at - theirs) / 1000)
  if (Math.abs(seconds) <= tolerated) return ok('clock', 'agrees with that of the registry')
  return warning(
    'clock',
    `is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} that of the registry`,
    {
      cause: 'Certificates, tokens and signed requests of clouds count for a time.',
      remedy: 'Set the clock of this machine by a time server, or tell who runs the registry.',
    },
  )
}
