import type { ChartroomError, ErrorCode } from '@chartroom/errors'
import { isChartroomError, printableLine } from '@chartroom/errors'
import type { Finding } from './finding.ts'
import { failure, ok } from './finding.ts'
import { nearRemedy } from './near.ts'
import type { Patient } from './patient.ts'

export interface ExaminedRepository {
  readonly finding: Finding
  /** Undefined where they are not shown. */
  readonly tags: readonly string[] | undefined
}

/** Whether the repository is there; absent and forbidden are told apart where the registry or its vendor does so. */
export async function checkRepository(patient: Patient): Promise<ExaminedRepository> {
  const { connections, origin, repository = '' } = patient
  const tags: string[] = []
  try {
    const target = connections.repository({ registry: origin.host, repository })
    for await (const tag of target.tags()) tags.push(tag)
    const count = `${tags.length} ${tags.length === 1 ? 'tag' : 'tags'}`
    return { finding: ok('repository', `${repository} is there, with ${count}`), tags }
  } catch (error) {
    if (!isChartroomError(error) || error.code === 'ABORTED') throw error
    return { finding: await judge(patient, error), tags: undefined }
  }
}

const refusals: readonly ErrorCode[] = ['ANONYMOUS_REFUSED', 'FORBIDDEN', 'UNAUTHENTICATED']

async function judge(patient: Patient, error: ChartroomError): Promise<Finding> {
  const { origin, repository = '' } = patient
  const isHidden = refusals.includes(error.code)
  if (!isHidden && error.code !== 'NOT_FOUND' && error.code !== 'REPOSITORY_NOT_FOUND')
    return failure('repository', error.message, { code: error.code, remedy: error.hint })
  const { state, words } = await askVendor(patient)
  if (state === 'absent' || (state === undefined && !isHidden)) {
    return failure('repository', `there is no ${repository} in ${origin.host}`, {
      code: 'REPOSITORY_NOT_FOUND',
      cause: words === undefined ? absentCause(origin.host) : `Its vendor's own interface says: ${words}.`,
      remedy: await nearRemedy(patient),
    })
  }
  const code = isHidden ? error.code : 'FORBIDDEN'
  if (state === 'exists') {
    return failure('repository', `${repository} may not be read with this login`, {
      code: code,
      cause: "It exists: its vendor's own interface says so. What lacks is the right to read it.",
      remedy: error.hint,
    })
  }
  return failure('repository', `${repository} is forbidden or absent: ${printableLine(error.message)}`, {
    code: code,
    cause: `${origin.host} does not say which: it answers the same to both.`,
    remedy: error.hint,
  })
}

function absentCause(host: string): string {
  return `${host} answers that it does not exist; registries may say the same of what a login may not see.`
}

interface VendorWord {
  /** Undefined where there is no such interface, or it is silent. */
  readonly state: 'exists' | 'absent' | undefined
  readonly words?: string | undefined
}

/** What the vendor's own interface says to the same login. */
async function askVendor({ connections, origin, repository = '' }: Patient): Promise<VendorWord> {
  const { context } = connections
  const provider = await connections.vendorOf(origin.host)?.load()
  if (provider === undefined) return { state: undefined }
  const { preparation, visibility } = provider
  const place = { ...origin, repository }
  // Where a project stands for all below it, that it exists says nothing of the chart.
  const isWhole = preparation.unit?.(place).includes(repository) ?? true
  const wishes = { create: false, immutableTags: false, scanOnPush: false }
  try {
    const found = await preparation.ensure?.(context, place, wishes)
    if (found === 'exists' && isWhole) return { state: 'exists' }
    const shown = await visibility.read?.(context, place)
    return { state: shown !== undefined && isWhole ? 'exists' : undefined }
  } catch (error) {
    if (!isChartroomError(error) || error.code === 'ABORTED') throw error
    return error.code === 'REPOSITORY_NOT_FOUND'
      ? { state: 'absent', words: error.message }
      : { state: undefined }
  }
}
