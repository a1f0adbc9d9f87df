import type { ChartResult } from '@chartroom/verbs'
import { describe, expect, it } from 'vitest'
import { Flags } from './flags.ts'
import type { Invocation } from './invocation.ts'
import { printPublished } from './publish-output.ts'

const error = { code: 'FORBIDDEN', message: 'the registry answered 403' } as const
const digest = `sha256:${'a'.repeat(64)}` as const

function result(...statuses: readonly ('done' | 'failed')[]): ChartResult {
  const destinations = statuses.map((status, index) => ({
    ...{ to: `./folder-${index}`, kind: 'folder', reference: `./folder-${index}/app-1.0.0.tgz` },
    ...{ action: 'create', status },
    ...(status === 'failed' ? { error } : {}),
  }))
  return { name: 'app', version: '1.0.0', digest, size: 1, destinations } as ChartResult
}

async function said(charts: readonly ChartResult[]): Promise<{ stderr: string; thrown: unknown }> {
  let stderr = ''
  const io = {
    out() {},
    err(text: string) {
      stderr += text
    },
  }
  const invocation = { io, flags: new Flags({}) } as unknown as Invocation
  const thrown = await printPublished(invocation, charts).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return { stderr, thrown }
}

describe('the failures of a publish', () => {
  it('are each said when another error sums them up, even one alone', async () => {
    const one = await said([result('failed', 'done')])
    expect(one.thrown).toMatchObject({ code: 'PARTIAL' })
    expect(one.stderr).toBe('./folder-0/app-1.0.0.tgz: the registry answered 403 (FORBIDDEN)\n')
    const two = await said([result('failed', 'failed')])
    expect(two.stderr.split('\n')).toHaveLength(3)
  })

  it('are not said twice when one is all there is', async () => {
    const lone = await said([result('failed')])
    expect(lone).toMatchObject({ stderr: '', thrown: { code: 'FORBIDDEN', message: error.message } })
  })
})
