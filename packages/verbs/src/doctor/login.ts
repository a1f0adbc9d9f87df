import type { SurveyedFile } from '@chartroom/credentials'
import { surveyLogins } from '@chartroom/credentials'
import { printableLine } from '@chartroom/errors'
import type { Credential } from '@chartroom/oci'
import type { Finding } from './finding.ts'
import { ok, warning } from './finding.ts'
import type { Patient } from './patient.ts'

export interface ChosenLogin {
  readonly findings: readonly Finding[]
  readonly credential: Credential | undefined
}

/** Which login is used and why, and what is wrong with the places where logins are kept. */
export async function checkLogin(
  patient: Patient,
  { isAsked, warnings }: { isAsked: boolean; warnings: readonly string[] },
): Promise<ChosenLogin> {
  const { connections, origin, repository } = patient
  const { credentials } = connections.context
  const survey = surveyLogins(connections.environment, { host: origin.host, repository })
  let credential = await credentials.credential(origin, repository)
  if (
    credential === undefined &&
    isAsked &&
    (await credentials.renew?.(origin, repository, undefined)) === true
  )
    credential = await credentials.credential(origin, repository)
  const troubles = [...new Set(warnings)].map((text) =>
    warning('login', printableLine(text), { remedy: 'Mend it, or log in again: chartroom login HOST.' }),
  )
  return {
    credential,
    findings: [...troubles, ...openFiles(survey), await verdict(patient, { credential, survey })],
  }
}

export function openFiles(survey: readonly SurveyedFile[]): Finding[] {
  return survey
    .filter(({ isOpen }) => isOpen)
    .map(({ path }) =>
      warning('login', `${path} can be read by others on this machine`, {
        remedy: `Run: chmod 600 '${path}'`,
      }),
    )
}

interface Chosen {
  readonly credential: Credential | undefined
  readonly survey: readonly SurveyedFile[]
}

async function verdict({ connections, origin }: Patient, { credential, survey }: Chosen): Promise<Finding> {
  const looked = survey.map(describe).join('; ')
  if (credential !== undefined) {
    const who =
      credential.kind === 'basic' ? `of ${printableLine(credential.username)}` : kinds[credential.kind]
    return ok(
      'login',
      `that ${who}, from ${credential.source}`,
      `${reasonOf(credential, survey)} Looked at: ${looked}.`,
    )
  }
  const sources = (await connections.vendorOf(origin.host)?.load())?.login.sources ?? []
  const more = sources.length === 0 ? '' : ` Nothing was found of: ${sources.join('; ')}.`
  return ok('login', `none for ${origin.host}: requests are made without`, `Looked at: ${looked}.${more}`)
}

const kinds = { identity: 'with a refresh token', bearer: 'with an access token' } as const

function reasonOf(credential: Credential, survey: readonly SurveyedFile[]): string {
  const { source } = credential
  if (source === 'the command line')
    return 'What is given by flags or CHARTROOM_USERNAME goes before all else.'
  const chosen = survey.find(
    ({ path, helper }) => path === source || source === `docker-credential-${helper}`,
  )
  if (chosen === undefined) return "Variables and programs of the registry's vendor gave it."
  const others = survey.filter(
    (file) => file !== chosen && (file.key !== undefined || file.helper !== undefined),
  )
  if (others.length === 0) return 'No other place has one.'
  return chosen.key?.includes('/') === true
    ? `Its entry ${chosen.key} is the most exact one.`
    : 'Of the places with one, it comes first.'
}

function describe({ path, state, key, helper, problem }: SurveyedFile): string {
  if (state === 'absent') return `${path} (absent)`
  if (state === 'unreadable') return `${path} (${problem ?? 'unreadable'})`
  const has = [
    ...(key === undefined ? [] : [`has ${key}`]),
    ...(helper === undefined ? [] : [`asks docker-credential-${helper}`]),
  ]
  return `${path} (${has.length === 0 ? 'has none for it' : has.join(', ')})`
}
