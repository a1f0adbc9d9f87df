import { setFlagsFromString } from 'node:v8'

/**
 * Lets V8 optimise code later than it would. Rendering one chart runs much code a few times: what the optimiser
 * makes of it takes more time of the processor than it saves (bench/RESULTS.md has the measurement).
 */
export function postponeOptimiser(): void {
  setFlagsFromString('--interrupt-budget=1000000')
}
