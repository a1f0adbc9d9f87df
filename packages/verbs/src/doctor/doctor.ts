import { surveyLogins } from '@chartroom/credentials'
import type { ConnectionOptions } from '../connection.ts'
import { connect } from '../connection.ts'
import type { Environment } from '../environment.ts'
import { checkAnonymous } from './anonymous.ts'
import { checkAuthentication } from './authentication.ts'
import { checkChallenge } from './challenge.ts'
import { checkChart } from './chart.ts'
import { checkClock } from './clock.ts'
import type { Check, Finding } from './finding.ts'
import { checks, ok, warning } from './finding.ts'
import { checkHelm } from './installed-helm.ts'
import { checkLogin, openFiles } from './login.ts'
import { checkName } from './name.ts'
import type { Patient } from './patient.ts'
import { nameOf, patientOf } from './patient.ts'
import { checkProxy } from './proxy.ts'
import { checkRegistry } from './registry.ts'
import { checkRepository } from './repository.ts'
import { checkScope } from './scope.ts'
import { checkTls } from './tls.ts'
import { checkVersion } from './version.ts'

/** All that was found, in the order it was looked at. */
export interface Examination {
  /** What was examined; undefined for this machine alone. */
  readonly reference: string | undefined
  readonly findings: readonly Finding[]
  /** What could not be looked at, because something before it failed. */
  readonly notExamined: readonly Check[]
}

export interface ExaminationRequest {
  /** `HOST`, or `oci://HOST/PATH[:VERSION]`; undefined: what is installed and kept here. */
  readonly reference: string | undefined
  readonly connection: ConnectionOptions
}

/**
 * Looks at everything between this machine and a chart, in the order in which it can fail, and writes nothing
 * anywhere. Throws `USAGE` for what is no reference.
 */
export async function examine(
  environment: Environment,
  { reference, connection }: ExaminationRequest,
): Promise<Examination> {
  if (reference === undefined) {
    const findings = [...checkMachine(environment), ...(await checkHelm(environment))]
    return { reference: undefined, findings, notExamined: [] }
  }
  const warnings: string[] = []
  const onWarning = (message: string): void => void warnings.push(message)
  const patient = await patientOf(connect(environment, { ...connection, onWarning }), reference)
  const findings: Finding[] = []
  const isWhole = await examineRegistry(patient, findings, warnings)
  const notExamined = isWhole ? [] : skipped(patient, findings)
  findings.push(...(await checkHelm(environment)))
  return { reference: nameOf(patient), findings, notExamined }
}

function checkMachine({ env, platform }: Environment): Finding[] {
  const survey = surveyLogins({ env, platform })
  const broken = survey.flatMap(({ path, problem }) =>
    problem === undefined
      ? []
      : [warning('login', problem, { remedy: `Mend ${path}, or move it away and log in again.` })],
  )
  const states = survey.map(({ path, state }) => `${path} (${state})`).join('; ')
  return [...broken, ...openFiles(survey), ok('login', 'where logins are looked for', `${states}.`)]
}

/** False where a failure hid the rest. */
async function examineRegistry(patient: Patient, findings: Finding[], warnings: string[]): Promise<boolean> {
  const goesOn = (finding: Finding | undefined): boolean => {
    if (finding !== undefined) findings.push(finding)
    return finding?.verdict !== 'failure'
  }
  if (!goesOn(await checkProxy(patient))) return false
  if (!goesOn(await checkName(patient))) return false
  if (!goesOn(await checkTls(patient))) return false
  const ping = await checkRegistry(patient)
  // Until here nothing is said of logins.
  for (const doubt of warnings.splice(0))
    findings.push(warning('registry', doubt, { remedy: 'Check the address, unless this is meant.' }))
  if (!goesOn(ping.finding)) return false
  goesOn(checkClock(ping))
  if (!goesOn(checkChallenge(ping, patient))) return false
  const isAsked = ping.answer?.status === 401
  const { findings: logins, credential } = await checkLogin(patient, { isAsked, warnings })
  findings.push(...logins)
  if (!goesOn(await checkAuthentication(patient, credential))) return false
  return patient.repository === undefined || examineRepository(patient, credential !== undefined, goesOn)
}

async function examineRepository(
  patient: Patient,
  usedLogin: boolean,
  goesOn: (finding: Finding | undefined) => boolean,
): Promise<boolean> {
  goesOn(await checkScope(patient))
  const { finding, tags } = await checkRepository(patient)
  const isNamed = patient.tag !== undefined || patient.digest !== undefined
  if (!goesOn(finding)) return false
  if (!goesOn(await checkChart(patient, tags ?? []))) return false
  if (isNamed && !goesOn(await checkVersion(patient))) return false
  goesOn(await checkAnonymous(patient, { usedLogin, tag: patient.digest ?? patient.tag }))
  return true
}

function skipped({ repository, tag, digest }: Patient, findings: readonly Finding[]): Check[] {
  const last = Math.max(...findings.map(({ check }) => checks.indexOf(check)))
  const inRepository: readonly Check[] = ['scope', 'repository', 'chart', 'version', 'anonymous']
  return checks
    .slice(last + 1)
    .filter((check) => check !== 'helm')
    .filter((check) => repository !== undefined || !inRepository.includes(check))
    .filter((check) => check !== 'version' || tag !== undefined || digest !== undefined)
}
