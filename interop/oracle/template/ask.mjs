// Asks the oracle: requests in, answers out, in the same order.
import { spawnSync } from 'node:child_process'

/** `{out}`, `{outs}` or `{error}` for each request. Dates are those of the zone UTC. */
export function ask(program, requests) {
  const { error, status, stdout, stderr } = spawnSync(program, {
    input: `${requests.map((request) => JSON.stringify(request)).join('\n')}\n`,
    encoding: 'utf8',
    env: { ...process.env, TZ: 'UTC' },
    maxBuffer: 512 * 1024 * 1024,
  })
  if (error !== undefined) throw error
  const answers = stdout.split('\n').filter((line) => line !== '')
  if (status !== 0 || answers.length !== requests.length)
    throw new Error(
      `the oracle ended with ${status} after ${answers.length} answers: ${stderr.slice(0, 2000)}`,
    )
  return answers.map((line) => JSON.parse(line))
}
