import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringBytes } from '@chartroom/go'
import { describe, expect, it } from 'vitest'
import { call } from './testing/call.ts'

const folder = fileURLToPath(new URL('../../template/fixtures', import.meta.url))
const environment = { env: {}, cwd: folder, platform: process.platform }

/** What helm 4.2.4 made of one command line: see interop/oracle/render/fixtures.mjs. */
interface Golden {
  readonly args: readonly string[]
  readonly output?: string
  /** Where the output is no UTF-8. */
  readonly base64?: string
  readonly error?: string
}

describe.each(readdirSync(join(folder, 'golden')).map((name) => name.replace('.json', '')))(
  'the fixture chart %s',
  (chart) => {
    const path = join('charts', chart)
    it.each(goldenOf(chart))('renders as helm does with $args', async (golden) => {
      const given = golden.args.map((one) => (one === 'CHART' ? path : one))
      const argv = ['template', ...given, ...(golden.args.includes('CHART') ? [] : [path])]
      const { stdout, stderr } = await call(argv, environment)
      if (golden.error !== undefined) expect(comparable(messageOf(stderr))).toEqual(comparable(golden.error))
      else if (golden.base64 !== undefined) expect(base64(stdout)).toBe(golden.base64)
      else expect(stdout).toBe(golden.output)
    })
  },
)

function goldenOf(chart: string): Golden[] {
  return JSON.parse(readFileSync(join(folder, 'golden', `${chart}.json`), 'utf8')) as Golden[]
}

/** The message alone, without the code behind it and the hint. */
function messageOf(stderr: string): string {
  const text = stderr.slice(stderr.lastIndexOf('\nError: ') + 1)
  return /^Error: (.*) \([A-Z_]+\)$/ms.exec(text.split('\nHint: ')[0]?.trimEnd() ?? '')?.[1] ?? stderr
}

// What does not fit a schema comes in no order from helm.
function comparable(error: string): string {
  return error.includes('specifications of the schema')
    ? error.trimEnd().split('\n').sort().join('\n')
    : error.trimEnd()
}

function base64(text: string): string {
  return Buffer.from(stringBytes(text)).toString('base64')
}
