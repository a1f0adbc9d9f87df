import type { Finding } from './finding.ts'
import { failureOf, ok } from './finding.ts'
import type { Patient } from './patient.ts'
import { OciSource } from '../source/oci.ts'

/** Whether this version is there; else the nearest ones are named. */
export async function checkVersion({
  connections,
  origin,
  repository = '',
  tag,
  digest,
}: Patient): Promise<Finding> {
  const reference = {
    registry: origin.host,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  }
  try {
    const target = connections.repository(reference)
    const { version, manifestDigest } = await new OciSource({ reference, target }).resolve()
    return ok('version', `version ${version} is there: ${manifestDigest ?? 'without a digest'}`)
  } catch (error) {
    return failureOf('version', error)
  }
}
