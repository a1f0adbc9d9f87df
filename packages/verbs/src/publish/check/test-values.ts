import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { Chart } from '@chartroom/chart'
import { fileText } from '@chartroom/chart'
import { ChartroomError } from '@chartroom/errors'
import { compareBytes } from '@chartroom/go'
import { limits } from '../../limits.ts'

/** Values that a chart is to be rendered with, to see that it can be. */
export interface TestValues {
  /** `ci/small-values.yaml` */
  readonly name: string
  readonly text: string
}

export interface TestedChart {
  readonly chart: Chart
  /** Where the chart lies, if it is no archive. */
  readonly folder?: string | undefined
  /** Symbolic links may lead anywhere below this folder, or without it anywhere. */
  readonly linkRoot?: string | undefined
}

/**
 * `ci/*-values.yaml` of a chart: from its folder where there is one, because `.helmignore` often leaves `ci/` out.
 * Throws `LIMIT_EXCEEDED` for a file that is too large, `CHART_INVALID` for one that lies outside of `linkRoot`.
 */
export function testValues({ chart, folder, linkRoot }: TestedChart): TestValues[] {
  const isTest = /^ci\/[^/]*-values\.yaml$/
  if (folder === undefined) {
    return chart.files
      .filter(({ name }) => isTest.test(name))
      .map((file) => ({ name: file.name, text: fileText(file) }))
  }
  if (!existsSync(join(folder, 'ci'))) return []
  return readdirSync(join(folder, 'ci'))
    .map((name) => `ci/${name}`)
    .filter((name) => isTest.test(name))
    .sort(compareBytes)
    .map((name) => ({ name, text: readTest(folder, name, linkRoot) }))
}

function readTest(folder: string, name: string, linkRoot: string | undefined): string {
  const path = join(folder, name)
  if (linkRoot !== undefined && !realpathSync(path).startsWith(realpathSync(linkRoot) + sep)) {
    throw new ChartroomError('CHART_INVALID', `the symbolic link ${name} leads out of the repository`, {
      hint: 'Put a copy of the file there.',
    })
  }
  if (statSync(path).size <= limits.valuesBytes) return readFileSync(path, 'utf8')
  throw new ChartroomError('LIMIT_EXCEEDED', `${name} is larger than ${limits.valuesBytes} bytes`, {
    hint: 'Values are text that a person writes: check the file.',
  })
}
