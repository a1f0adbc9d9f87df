import { hasCode, isChartroomError } from '@chartroom/errors'
import { openRegistry } from '@chartroom/oci'
import type { Finding } from './finding.ts'
import { ok } from './finding.ts'
import type { Patient } from './patient.ts'

/** Whether somebody without a login could read it too; undefined where the registry gives no answer. */
export async function checkAnonymous(
  patient: Patient,
  { usedLogin, tag }: { usedLogin: boolean; tag: string | undefined },
): Promise<Finding | undefined> {
  const { connections, origin, repository = '' } = patient
  const isPublic = usedLogin ? await tryWithout(patient, tag) : true
  if (isPublic === undefined) return undefined
  if (isPublic) return ok('anonymous', 'anybody can read it: no login is needed')
  const provider = await connections.vendorOf(origin.host)?.load()
  const page = provider?.visibility.page?.({ ...origin, repository })
  const how = provider === undefined ? 'whoever installs it needs a login too' : provider.visibility.how
  return ok('anonymous', 'nobody can read it without a login', page === undefined ? how : `${how} (${page})`)
}

async function tryWithout(
  { connections, origin, repository = '' }: Patient,
  tag: string | undefined,
): Promise<boolean | undefined> {
  const { transport, options } = connections
  const registry = openRegistry({ host: origin.host, plainHttp: options.plainHttp, transport })
  const target = registry.repository(repository)
  try {
    if (tag === undefined) for await (const _ of target.tags()) break
    else await target.resolve(tag)
    return true
  } catch (error) {
    if (!isChartroomError(error) || error.code === 'ABORTED') throw error
    const hides = hasCode(
      error,
      'ANONYMOUS_REFUSED',
      'FORBIDDEN',
      'NOT_FOUND',
      'REPOSITORY_NOT_FOUND',
      'UNAUTHENTICATED',
    )
    return hides ? false : undefined
  }
}
