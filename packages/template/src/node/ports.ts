import type { Moment, TemplatePorts } from '../ports.ts'
import { nodeCrypto } from './crypto.ts'
import { randomBytes } from './random.ts'
import { createNodeZones } from './zones.ts'

/** Ports on Node; nothing of them is loaded before a template needs it. Without a cluster and a network. */
export const nodePorts: TemplatePorts = {
  now,
  randomBytes,
  crypto: nodeCrypto,
  zones: createNodeZones(process.env),
}

/** Where the two clocks stood, in nanoseconds, when they were last compared. */
let anchor = compareClocks()

function compareClocks() {
  return { wall: BigInt(Date.now()) * 1_000_000n, monotonic: process.hrtime.bigint() }
}

/** The system clock has milliseconds; the monotonic one gives the digits after them. */
function now(): Moment {
  let wall = anchor.wall + process.hrtime.bigint() - anchor.monotonic
  const drift = wall - BigInt(Date.now()) * 1_000_000n
  if (drift < -tolerance || drift > tolerance) {
    anchor = compareClocks()
    wall = anchor.wall
  }
  return {
    seconds: Number(wall / 1_000_000_000n),
    nanoseconds: Number(wall % 1_000_000_000n),
    monotonic: BigInt(Math.round(process.uptime() * 1e9)),
  }
}

const tolerance = 20_000_000n
