import type { Value } from '@chartroom/go'
import { GoInt } from '@chartroom/go'

// What evaluating gives besides the values of templates; each is known by its identity alone.

/** A template has been entered: what was being evaluated goes on when that is done. */
export const suspended: Value = new GoInt('int', 0n)

/** The statements have come to a `{{break}}`. */
export const broken: Value = new GoInt('int', 0n)

/** The statements have come to a `{{continue}}`. */
export const continued: Value = new GoInt('int', 0n)

/** No command stands before this one in its pipeline. */
export const absent: Value = new GoInt('int', 0n)

/** What a slot holds whose declaration `and` or `or` has skipped. */
export const unset: Value = new GoInt('int', 0n)
