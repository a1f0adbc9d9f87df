import type * as V8 from 'node:v8'

interface Flags {
  /** V8's own. */
  readonly usual: readonly string[]
  /** Those that short runs are faster with. */
  readonly short: readonly string[]
}

let shortened = false

/**
 * Lets V8 optimise code later than it would, and give new objects more room at once. Rendering one chart runs much
 * code a few times: what the optimiser makes of it takes more time of the processor than it saves (bench/PROFILE.md
 * has the measurement).
 */
export function postponeOptimiser(): void {
  shortened = true
  setFlags('short')
}

/** Does work that V8 must do with its usual flags: compiled code that is kept fits no others. */
export function withUsualFlags<Result>(work: () => Result): Result {
  if (!shortened) return work()
  setFlags('usual')
  try {
    return work()
  } finally {
    setFlags('short')
  }
}

function setFlags(which: keyof Flags): void {
  const flags = flagsOf(Number.parseInt(process.versions.node))
  if (flags === undefined) return
  // Asked for when needed, because it brings the streams of Node along.
  const v8: typeof V8 = process.getBuiltinModule('node:v8')
  for (const flag of flags[which]) v8.setFlagsFromString(flag)
}

/**
 * V8 complains of flags it does not know, and each version has others. From Node 24 on it has a cheap optimiser to
 * begin with, and would take no kept code any more.
 */
function flagsOf(node: number): Flags | undefined {
  if (node < 22) {
    return {
      usual: ['--interrupt-budget=67584', '--semi-space-growth-factor=2'],
      short: ['--interrupt-budget=1000000', '--semi-space-growth-factor=8'],
    }
  }
  if (node >= 23) return undefined
  return {
    usual: ['--invocation-count-for-turbofan=3000'],
    short: ['--invocation-count-for-turbofan=50000'],
  }
}
