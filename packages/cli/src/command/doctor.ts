import { ChartroomError, printableLine } from '@chartroom/errors'
import type { Examination } from '@chartroom/verbs'
import { examine } from '@chartroom/verbs'
import { connectionOptions } from '../connection-options.ts'
import type { Invocation } from '../invocation.ts'
import { print } from '../output.ts'

export async function run(invocation: Invocation): Promise<void> {
  const { args, environment } = invocation
  const [reference] = args
  const connection = await connectionOptions(invocation, reference)
  const examination = await examine(environment, { reference, connection })
  await print(invocation, examination, () => letter(examination))
  const first = examination.findings.find(({ verdict }) => verdict === 'failure')
  if (first === undefined) return
  throw new ChartroomError(first.code ?? 'INTERNAL', `${first.check}: ${first.message}`, {
    op: 'doctor',
    hint: first.remedy,
  })
}

type Finding = Examination['findings'][number]

function letter({ reference, findings, notExamined }: Examination): string {
  const lines = [reference === undefined ? 'This machine' : `Re: ${printableLine(reference)}`, '']
  for (const finding of findings) lines.push(...paragraph(finding))
  lines.push('', diagnosis(findings))
  if (notExamined.length > 0) lines.push(`Not examined, because of the failure: ${notExamined.join(', ')}.`)
  return lines.join('\n')
}

function paragraph({ check, verdict, message, cause, remedy }: Finding): string[] {
  const lines = [`${verdict.padEnd(8)} ${check.padEnd(14)}  ${printableLine(message)}`]
  if (cause !== undefined) lines.push(`${indent}${verdict === 'ok' ? '' : 'Cause: '}${printableLine(cause)}`)
  if (remedy !== undefined) lines.push(`${indent}Remedy: ${printableLine(remedy)}`)
  return lines
}

const indent = ' '.repeat(25)

function diagnosis(findings: readonly Finding[]): string {
  const count = (wanted: Finding['verdict']): number =>
    findings.filter(({ verdict }) => verdict === wanted).length
  const [failures, warnings] = [count('failure'), count('warning')]
  if (failures + warnings === 0) return 'Diagnosis: healthy.'
  return `Diagnosis: ${numbered(failures, 'failure')}, ${numbered(warnings, 'warning')}.`
}

function numbered(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
