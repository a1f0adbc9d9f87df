import { tagToVersion, versionToTag } from '@chartroom/chart'
import { hasCode, printableLine } from '@chartroom/errors'
import { isReferrersTag } from '@chartroom/oci'
import { readChartManifest } from '../artifact/read.ts'
import { sortVersions } from '../source/nearest.ts'
import type { Finding } from './finding.ts'
import { failure, failureOf, ok } from './finding.ts'
import { nearRemedy } from './near.ts'
import type { Patient } from './patient.ts'

/** Tags that are looked at for a chart among other artifacts. */
const looks = 5

/** Whether what lies in the repository is a chart: its newest versions are looked at. */
export async function checkChart(patient: Patient, tags: readonly string[]): Promise<Finding> {
  const { connections, origin, repository = '' } = patient
  const newest = sortVersions(tags.filter((tag) => !isReferrersTag(tag)).map(tagToVersion)).slice(0, looks)
  const first = newest[0]
  if (first === undefined) {
    return failure('chart', `${repository} has no tag that is a version`, {
      code: 'CHART_NOT_FOUND',
      cause:
        tags.length === 0
          ? 'It has no tags at all.'
          : `Its tags: ${tags.slice(0, looks).map(printableLine).join(', ')}.`,
      remedy:
        tags.length === 0
          ? await nearRemedy(patient)
          : 'Check whether it is the path of a chart; charts have versions as tags.',
    })
  }
  const target = connections.repository({ registry: origin.host, repository })
  for (const { original } of newest) {
    try {
      await readChartManifest(target, versionToTag(original))
      return ok('chart', `it is a chart; its newest version is ${original}`)
    } catch (error) {
      if (!hasCode(error, 'MANIFEST_INVALID')) return failureOf('chart', error)
    }
  }
  return failure('chart', `${repository} holds something else than a chart`, {
    code: 'CHART_NOT_FOUND',
    cause: `Its newest version, ${first.original}, is an image or another artifact.`,
    remedy: 'Check the path: charts often lie below one of their own, such as HOST/OWNER/charts/NAME.',
  })
}
