import { readFileSync } from 'node:fs'
import { loadAnyChart } from '@chartroom/chart'
import { nodePorts as chartPorts } from '@chartroom/chart/node'
import { defaultKubeVersion, mergeGivenValues, parseKubeVersion } from '@chartroom/template'
import { nodePorts } from '@chartroom/template/node'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../finding.ts'
import { lintFolder } from './lint-folder.ts'
import { memoryFolder } from './linted-folder.ts'
import { templateEngine } from './template-engine.ts'

interface Case {
  readonly files: Record<string, string>
  readonly values?: Record<string, unknown>
  readonly kubeVersion?: string
  readonly skipSchema?: boolean
  readonly findings: readonly Pick<Finding, 'severity' | 'path' | 'message'>[]
}

// Written by interop/oracle/check/regenerate.mjs from Helm itself.
const golden: { cases: Record<string, Case> } = JSON.parse(
  readFileSync(new URL('../../golden/lint.json', import.meta.url), 'utf8'),
)

describe('lintFolder finds what helm 4.2.4 finds', () => {
  it.each(Object.entries(golden.cases))('%s', async (_, one) => {
    expect((await lint(one)).map(comparable)).toEqual(one.findings.map(comparable))
  })

  /** We say which line of .helmignore is bad. */
  function comparable({ severity, path, message }: Pick<Finding, 'severity' | 'path' | 'message'>): object {
    const common = message.replace(/\.helmignore:\d+: /, '')
    return { severity, path, message: common }
  }
})

function lint({ files, values = {}, kubeVersion, skipSchema }: Case): Promise<Finding[]> {
  const encoder = new TextEncoder()
  const given = Object.entries(files).map(([name, text]) => ({
    name: name.replace(/\/$/, '/.keep'),
    data: encoder.encode(text),
  }))
  const kube = kubeVersion === undefined ? defaultKubeVersion : parseKubeVersion(kubeVersion)
  return lintFolder(
    memoryFolder('/c', given, (visible) => loadAnyChart(visible, chartPorts)),
    {
      kubeVersion: `${kube.major}.${kube.minor}`,
      skipSchemaValidation: skipSchema,
      engine: templateEngine({
        ports: nodePorts,
        values: mergeGivenValues({ setJson: [JSON.stringify(values)] }),
        namespace: 'default',
        kubeVersion: kube,
      }),
    },
  )
}
